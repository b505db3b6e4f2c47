package io.kiln.job;

import io.kiln.pipeline.Completion;
import io.kiln.pipeline.Pipeline;
import io.kiln.pipeline.Pipelines;
import io.kiln.pipeline.Plan;
import io.kiln.pipeline.UnitRange;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;

/** Last step: sees to it that the ledger lacks nothing, and brings the output to its place. */
@Named
@Dependent
public class Publish extends StoppableBatchlet {
    @Inject
    private RunHost host;

    @Inject
    private Pipelines pipelines;

    @Override
    void run(AdmittedExecution execution) throws IOException {
        Assignment assignment = execution.assignment();
        Ledger ledger = new Ledger(host, execution.run());
        requireComplete(ledger);
        host.publishing(execution.attempt());
        Pipeline pipeline = pipelines.get(assignment.pipeline());
        Plan plan = ledger.plan();
        Completion completion =
                new Completion(ledger.skipped(), ResultFacts.of(assignment, new TimingFiles(assignment).all(), plan));
        Publication publication = new Publication(assignment, new DurableFiles());
        long start = System.nanoTime();
        publication.publish(
                workFolder -> pipeline.complete(plan, assignment.placement().output(), workFolder, completion),
                () -> host.publishing(execution.attempt()),
                () -> endWhenStopped(execution));
        // why before: who sees the run completed finds its log telling so
        execution.log("the output is published at " + assignment.placement().target() + " after "
                + ElapsedTime.ofSeconds((System.nanoTime() - start) / 1e9)
                + incompleteness(plan, completion.skipped()));
        host.completed(execution.attempt());
        removeFolders(publication, execution);
    }

    private static void requireComplete(Ledger ledger) {
        List<UnitRange> missing = ledger.missing();
        if (!missing.isEmpty()) {
            throw new IllegalStateException(UnitRanges.count(missing) + " "
                    + ledger.plan().unitName() + "s of run " + ledger.run() + " are missing, the first of them "
                    + missing.get(0).from() + ": restart the run");
        }
        if (UnitRanges.count(ledger.skipped()) == ledger.plan().units()) {
            throw new IllegalStateException("not one " + ledger.plan().unitName() + " of run " + ledger.run()
                    + " could be read: there is nothing to publish; the run's log has the causes");
        }
    }

    private static String incompleteness(Plan plan, List<UnitRange> skipped) {
        return skipped.isEmpty()
                ? ""
                : "; it is incomplete: " + plan.counted(UnitRanges.count(skipped)) + " could not be read";
    }

    private static void endWhenStopped(AdmittedExecution execution) {
        if (execution.stopRequested()) {
            throw new CancellationException("publishing was stopped before the output came to its place");
        }
    }

    /** The run is completed: what cannot be removed is left to the list of stray work folders. */
    private static void removeFolders(Publication publication, AdmittedExecution execution) {
        try {
            publication.removeFolders();
        } catch (IOException e) {
            execution.log("the work folder could not be removed: " + FailureText.of(e));
        }
    }
}
