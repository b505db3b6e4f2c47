package io.kiln.job;

import io.kiln.device.Device;
import io.kiln.device.Devices;
import io.kiln.pipeline.InputRejectedException;
import io.kiln.pipeline.Pipelines;
import io.kiln.pipeline.Plan;
import io.kiln.pipeline.PlanRequest;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** First step: opens and checks the input and keeps the plan. A restart goes by the plan that was kept, provided that the input is still the same. */
@Named
@Dependent
public class InspectInput extends StoppableBatchlet {
    @Inject
    private RunHost host;

    @Inject
    private Pipelines pipelines;

    @Inject
    private Devices devices;

    @Override
    void run(AdmittedExecution execution) throws Exception {
        Assignment assignment = execution.assignment();
        Publication publication = new Publication(assignment, new DurableFiles());
        if (publication.hasWholeOutput()) {
            execution.log("the output is whole; it is only to be published");
            return;
        }
        publication.refuseForeign();
        SameInput.require(assignment);
        Optional<Plan> kept = host.plan(execution.run());
        if (kept.isPresent() && !publication.holdsOutput()) {
            throw new InputRejectedException(
                    "the work folder " + assignment.placement().workFolder() + " of run " + execution.run()
                            + " is gone, and with it what was computed: queue a new run");
        }
        if (kept.isEmpty()) {
            inspect(execution);
        }
        Ledger ledger = new Ledger(host, execution.run());
        kept.ifPresent(plan -> execution.log("the input was inspected by an earlier attempt; "
                + UnitRanges.count(ledger.missing()) + " of " + plan.counted(plan.units()) + " are missing"));
        requireSpace(ledger, assignment.placement());
    }

    private void inspect(AdmittedExecution execution) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Assignment assignment = execution.assignment();
        RunFolders folders = new RunFolders(assignment);
        Path workFolder = folders.work();
        new DurableFiles().createFolders(workFolder);
        if (assignment.facts().containsKey("kiln")) {
            Files.writeString(folders.owner(), assignment.facts().getString("kiln"));
        }
        List<Device> leased = assignment.devices().stream().map(devices::device).toList();
        InspectionShare share =
                InspectionShare.of(leased, devices.all(), Runtime.getRuntime().availableProcessors());
        Plan plan = pipelines
                .get(assignment.pipeline())
                .plan(new PlanRequest(
                        assignment.input(),
                        assignment.parameters(),
                        workFolder,
                        leased,
                        share.threads(),
                        share.memoryBytes(),
                        execution::stopRequested,
                        execution::log));
        host.keepPlan(execution.attempt(), plan);
        double seconds = (System.nanoTime() - start) / 1e9;
        execution.timings().inspected(seconds);
        execution.keepTimings();
        execution.log("the input is inspected after " + ElapsedTime.ofSeconds(seconds) + ": "
                + plan.counted(plan.units()) + " are to be made, " + ((plan.outputBytes() >> 20) + 1)
                + " MiB of output");
    }

    private static void requireSpace(Ledger ledger, Placement placement) throws IOException {
        Plan plan = ledger.plan();
        DiskSpace.require(placement.workFolder(), (long)
                Math.ceil((double) plan.outputBytes() / plan.units() * UnitRanges.count(ledger.missing())));
        boolean isCopied = !DiskSpace.fileStore(placement.workFolder()).equals(DiskSpace.fileStore(placement.target()));
        if (isCopied) {
            DiskSpace.require(placement.target(), plan.outputBytes());
        }
    }
}
