package io.kiln.worker;

import io.kiln.KilnVersion;
import io.kiln.device.Device;
import io.kiln.job.Assignment;
import io.kiln.job.OutputMetadata;
import io.kiln.job.Placement;
import io.kiln.job.StrayWorkFolder;
import io.kiln.job.WorkFolders;
import io.kiln.worker.execution.RunListener;
import io.kiln.worker.state.Order;
import io.kiln.worker.state.RunPhase;
import io.kiln.worker.state.RunRecord;
import io.kiln.worker.state.StateFile;
import io.kiln.worker.state.StateRefusedException;
import jakarta.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An order and its state file: what the order means where a run, or its whole output, is there already. */
final class OrderedRun {
    private final Order order;
    private final StateFile state;

    OrderedRun(Order order, StateFile state) {
        this.order = order;
        this.state = state;
    }

    /** Where an order's state is kept unless the caller says otherwise: there is one for each output. */
    static Path stateFile(Order order) {
        Path target = order.target();
        return target.resolveSibling(".kiln-" + target.getFileName() + ".state");
    }

    /** What the job is told, once the state's next attempt has begun. */
    Assignment assignment(List<Device> devices) {
        RunRecord record = state.current();
        return new Assignment(
                record.currentAttempt(),
                order.pipeline(),
                order.input(),
                order.inputIdentity(),
                order.parameters(),
                devices.stream().map(Device::id).toList(),
                order.placement(record.id()),
                Json.createObjectBuilder()
                        .add("worker", "kiln-worker " + KilnVersion.current())
                        .build());
    }

    /**
     * True where the state says that the output is whole, and it is there.
     *
     * @throws StateRefusedException when it is not there any more
     */
    boolean hasWholeOutput() throws IOException {
        Optional<RunRecord> done = state.record()
                .filter(record -> record.phase() == RunPhase.COMPLETED)
                .filter(record -> order.differences(record.order()).isEmpty());
        if (done.isPresent() && !isPublished(done.get())) {
            throw new StateRefusedException("the run of " + state.file() + " is completed, but its output "
                    + order.target() + " is gone or another's: --fresh computes it anew");
        }
        return done.isPresent();
    }

    private boolean isPublished(RunRecord record) throws IOException {
        return OutputMetadata.run(order.outputFolder(), order.output())
                .filter(record.id()::equals)
                .isPresent();
    }

    /** Forgets the run that the state is of, and deletes its work folders. */
    void drop(RunListener listener) throws IOException {
        Optional<RunRecord> dropped = state.record();
        if (dropped.isPresent()) {
            for (StrayWorkFolder stray : workFolders(dropped.get())) {
                WorkFolders.delete(stray);
                listener.said("dropped run " + stray.run() + " and its work folder " + stray.folder());
            }
        }
        state.forget();
    }

    private static List<StrayWorkFolder> workFolders(RunRecord dropped) throws IOException {
        Placement placement = dropped.order().placement(dropped.id());
        List<Path> places = Stream.of(
                        placement.workFolder().getParent(), placement.target().getParent())
                .distinct()
                .toList();
        return WorkFolders.strays(places, dropped.id()::equals);
    }
}
