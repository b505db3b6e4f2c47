package io.kiln.worker.bench;

import io.kiln.device.Device;
import io.kiln.job.Assignment;
import io.kiln.job.StageSeconds;
import io.kiln.pipeline.FileIdentity;
import io.kiln.pipeline.InputIdentity;
import io.kiln.pipeline.Pipeline;
import io.kiln.worker.execution.Container;
import io.kiln.worker.execution.Execution;
import io.kiln.worker.execution.Outcome;
import io.kiln.worker.execution.RunListener;
import io.kiln.worker.state.Order;
import io.kiln.worker.state.RunPhase;
import io.kiln.worker.state.RunRecord;
import io.kiln.worker.state.StateFile;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A run from a file to published files, as the command {@code run} does it. */
final class WholeRun {
    private WholeRun() {}

    /**
     * @param seconds from the start of the job to its end
     * @param stages how long the lanes' threads were busy, added up
     */
    record Result(double seconds, StageSeconds stages) {}

    /** @throws IllegalStateException when the run does not complete */
    static Result measure(
            Container container,
            Pipeline pipeline,
            Path input,
            JsonObject parameters,
            Path folder,
            List<Device> devices)
            throws IOException, InterruptedException {
        Order order = new Order(
                pipeline.name(),
                input,
                new InputIdentity(FileIdentity.of(input), Map.of()),
                parameters,
                folder,
                pipeline.output(input, parameters),
                Optional.empty(),
                false);
        try (StateFile state = StateFile.open(folder.resolve("run.state"))) {
            state.forget();
            Assignment assignment = assignment(order, state.begin(order), devices);
            Clock clock = new Clock();
            Execution execution = new Execution(container, state, assignment, clock);
            clock.execution = execution;
            long start = System.nanoTime();
            Outcome outcome = execution.run();
            double seconds = (System.nanoTime() - start) / 1e9;
            if (outcome instanceof Outcome.Failed failed) {
                throw new IllegalStateException("the run did not complete", failed.cause());
            }
            return new Result(seconds, clock.stages);
        }
    }

    private static Assignment assignment(Order order, RunRecord record, List<Device> devices) {
        return new Assignment(
                record.currentAttempt(),
                order.pipeline(),
                order.input(),
                order.inputIdentity(),
                order.parameters(),
                devices.stream().map(Device::id).toList(),
                order.placement(record.id()),
                JsonValue.EMPTY_JSON_OBJECT);
    }

    /** Reads the stages' times while the execution still knows them: when publishing begins, the lanes have ended. */
    private static final class Clock implements RunListener {
        private Execution execution;
        private volatile StageSeconds stages;

        @Override
        public void entered(RunPhase phase) {
            if (phase == RunPhase.PUBLISHING) {
                stages = execution.busy();
            }
        }

        @Override
        public void said(String sentence) {
            // a measurement tells its numbers only
        }
    }
}
