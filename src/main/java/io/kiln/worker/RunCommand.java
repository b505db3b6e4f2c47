package io.kiln.worker;

import io.kiln.device.Device;
import io.kiln.job.FailureText;
import io.kiln.job.SlabOutcome;
import io.kiln.job.UnitRanges;
import io.kiln.pipeline.FileIdentity;
import io.kiln.pipeline.InputIdentity;
import io.kiln.pipeline.Pipeline;
import io.kiln.pipeline.PipelineName;
import io.kiln.worker.execution.Container;
import io.kiln.worker.execution.Execution;
import io.kiln.worker.execution.Outcome;
import io.kiln.worker.execution.WorkerDevices;
import io.kiln.worker.state.Order;
import io.kiln.worker.state.RunPhase;
import io.kiln.worker.state.StateFile;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a pipeline on an input, or goes on with that run. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Run a pipeline on an input; the same command again goes on where it ended.")
final class RunCommand implements Callable<Integer> {
    private static final long TICK_MILLIS = 500;

    @Option(names = "--job", paramLabel = "PIPELINE", required = true, description = "See: kiln-worker jobs.")
    private String job;

    @Option(names = "--input", paramLabel = "FILE", required = true, description = "What is processed.")
    private Path input;

    @Option(
            names = "--parameters",
            paramLabel = "FILE",
            description = "JSON object of parameters, - for standard input (default: the pipeline's defaults).")
    private Optional<String> parameters;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            required = true,
            description = "Folder that outputs go to, under the names that the pipeline gives them.")
    private Path output;

    @Option(
            names = "--scratch",
            paramLabel = "DIR",
            description = "Fast disk to work on; the output is copied from there (default: beside the output).")
    private Optional<Path> scratch;

    @Option(
            names = "--devices",
            paramLabel = "DEVICES",
            defaultValue = "1",
            description = "How many, all, cpu, or names such as gpu0,gpu2 (default: ${DEFAULT-VALUE}).")
    private String devices;

    @Option(
            names = "--state",
            paramLabel = "FILE",
            description = "Where the run's state is kept (default: beside the output, .kiln-NAME.state).")
    private Optional<Path> stateFile;

    @Option(names = "--fresh", description = "Drop an earlier run of the state file, and what it computed.")
    private boolean fresh;

    @Option(names = "--force", description = "Replace an output that Kiln did not make.")
    private boolean force;

    @Mixin
    private Machine machine;

    private final ProgressLines lines = new ProgressLines(System.out, System.err);

    @Override
    public Integer call() throws InterruptedException {
        try {
            return run().code();
        } catch (WorkerFailure e) {
            lines.ended(e.status(), 0, Optional.empty(), e.getMessage());
            return e.status().code();
        } catch (IOException | RuntimeException e) {
            lines.failed(e);
            return ExitStatus.of(e).code();
        }
    }

    private ExitStatus run() throws IOException, InterruptedException {
        WorkerDevices available = machine.devices();
        available.absenceOfGpus().ifPresent(reason -> lines.said("no GPU is used: " + reason));
        List<Device> chosen = DeviceSelection.of(devices, available);
        try (Container container = Container.start(available)) {
            Pipeline pipeline = container
                    .pipelines()
                    .find(name())
                    .orElseThrow(() -> new WorkerFailure(
                            ExitStatus.USAGE,
                            "there is no pipeline '" + job + "'; known are "
                                    + container.pipelines().names()));
            Order order = order(pipeline);
            Path file = stateFile.map(Path::toAbsolutePath).orElseGet(() -> OrderedRun.stateFile(order));
            try (StateFile state = StateFile.open(file)) {
                return run(container, order, state, chosen);
            }
        }
    }

    private PipelineName name() {
        try {
            return new PipelineName(job);
        } catch (IllegalArgumentException e) {
            throw new WorkerFailure(ExitStatus.USAGE, "--job: " + e.getMessage());
        }
    }

    private Order order(Pipeline pipeline) throws IOException {
        Path file = input.toAbsolutePath().normalize();
        FileIdentity identity = identity("input", file);
        JsonObject resolved = pipeline.parameters().resolve(ParameterFile.read(parameters, pipeline.parameters()));
        Map<String, FileIdentity> parameterFiles = new HashMap<>();
        for (Map.Entry<String, String> named :
                pipeline.parameters().files(resolved).entrySet()) {
            parameterFiles.put(named.getKey(), identity(named.getKey(), Path.of(named.getValue())));
        }
        return new Order(
                pipeline.name(),
                file,
                new InputIdentity(identity, parameterFiles),
                resolved,
                output.toAbsolutePath().normalize(),
                pipeline.output(file, resolved),
                scratch.map(folder -> folder.toAbsolutePath().normalize()),
                force);
    }

    private static FileIdentity identity(String what, Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new WorkerFailure(
                    ExitStatus.INPUT_REJECTED, "the " + what + " " + file + " is not there, or is no file");
        }
        return FileIdentity.of(file);
    }

    private ExitStatus run(Container container, Order order, StateFile state, List<Device> chosen)
            throws IOException, InterruptedException {
        OrderedRun run = new OrderedRun(order, state);
        if (fresh) {
            run.drop(lines);
        }
        if (run.hasWholeOutput()) {
            lines.begins(state.current());
            return tell(new Outcome.Completed(state.settled(SlabOutcome.SKIPPED)), order, state);
        }
        lines.begins(state.begin(order));
        Execution execution = new Execution(container, state, run.assignment(chosen), lines);
        return tell(execute(execution, state), order, state);
    }

    private Outcome execute(Execution execution, StateFile state) throws InterruptedException {
        StopSignals.handle(() -> {
            lines.said("asked to stop; a second signal ends the worker at once");
            execution.stop();
        });
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(body -> {
            Thread thread = new Thread(body, "kiln-progress");
            thread.setDaemon(true);
            return thread;
        });
        clock.scheduleAtFixedRate(
                () -> lines.progress(state, execution.busy()), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        try {
            return execution.run();
        } finally {
            clock.shutdown();
            clock.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
            lines.progress(state, execution.busy());
        }
    }

    private ExitStatus tell(Outcome outcome, Order order, StateFile state) {
        ExitStatus status = ExitStatus.of(outcome);
        int skipped = UnitRanges.count(state.settled(SlabOutcome.SKIPPED));
        boolean isWhole = state.current().phase() == RunPhase.COMPLETED;
        lines.ended(
                status, skipped, isWhole ? Optional.of(order.target().toString()) : Optional.empty(), said(outcome));
        return status;
    }

    private static String said(Outcome outcome) {
        if (outcome instanceof Outcome.Completed completed) {
            return completed.skipped().isEmpty()
                    ? "the output is whole"
                    : "the output is incomplete: " + UnitRanges.count(completed.skipped())
                            + " units could not be read and hold NaN";
        }
        return outcome instanceof Outcome.Failed failed
                ? FailureText.of(failed.cause())
                : "stopped; the same command goes on";
    }
}
