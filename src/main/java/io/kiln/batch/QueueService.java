package io.kiln.batch;

import io.kiln.event.AuditLog;
import io.kiln.job.RunId;
import io.kiln.pipeline.InputRejectedException;
import io.kiln.pipeline.Pipeline;
import io.kiln.pipeline.PipelineName;
import io.kiln.pipeline.Pipelines;
import io.kiln.root.DataRootService;
import io.kiln.root.DataRoots;
import io.kiln.run.BatchId;
import io.kiln.run.ItemId;
import io.kiln.run.RunOrder;
import io.kiln.run.RunQueue;
import io.kiln.target.Targets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Queues runs: what is asked for, less what is done or under way already. */
@ApplicationScoped
@Transactional
public class QueueService {
    private final SelectedItems items;
    private final TransactionSynchronizationRegistry transactions;
    private final BatchService batches;
    private final Pipelines pipelines;
    private final OrderWriter orders;
    private final DoneAlready done;
    private final RunQueue queue;
    private final DataRootService roots;
    private final Targets targets;
    private final AuditLog audit;

    /** For the container's proxy only. */
    protected QueueService() {
        this(null, null, null, null, null, null, null, null, null, null);
    }

    @Inject
    QueueService(
            SelectedItems items,
            TransactionSynchronizationRegistry transactions,
            BatchService batches,
            Pipelines pipelines,
            OrderWriter orders,
            DoneAlready done,
            RunQueue queue,
            DataRootService roots,
            Targets targets,
            AuditLog audit) {
        this.items = items;
        this.transactions = transactions;
        this.batches = batches;
        this.pipelines = pipelines;
        this.orders = orders;
        this.done = done;
        this.queue = queue;
        this.roots = roots;
        this.targets = targets;
        this.audit = audit;
    }

    /**
     * Queues the runs, all or none; a dry run queues nothing.
     *
     * @throws InputRejectedException when neither request nor batch names a known pipeline
     * @throws io.kiln.pipeline.InvalidParametersException with every problem of an item's parameters
     * @throws io.kiln.target.UnknownTargetException when there is no such target
     * @throws io.kiln.persistence.UnknownIdException when the batch has no such item
     */
    public QueuePlan queue(BatchId id, QueueRequest request, String who) {
        Batch batch = batches.lock(id);
        Pipeline pipeline = pipeline(request, batch);
        targets.require(request.target().orElse(batch.target()));
        batch.maxDevices().filter(most -> request.devices() > most).ifPresent(most -> {
            throw new InputRejectedException("devices is " + request.devices() + ", but the batch may hold " + most
                    + " at once: ask for fewer, or raise its maxDevices");
        });
        QueuePlan plan = plan(new Submission(pipeline, batch, request, who), items.toRead(id, request.items()));
        if (request.dryRun()) {
            // why: to plan is to reserve places for outputs
            transactions.setRollbackOnly();
        } else {
            queue.add(plan.runs().stream().map(QueuePlan.Planned::order).toList(), skipped(plan));
            batches.submitted(id, who);
            audit.add(who, "queue runs", id.toString(), summary(pipeline.name(), request, plan));
        }
        return plan;
    }

    private Pipeline pipeline(QueueRequest request, Batch batch) {
        PipelineName name = request.pipeline()
                .or(batch::pipeline)
                .orElseThrow(() -> new InputRejectedException(
                        "name a 'pipeline': batch " + batch.id() + " has none; known are " + pipelines.names()));
        return pipelines.get(name);
    }

    private static JsonObject summary(PipelineName pipeline, QueueRequest request, QueuePlan plan) {
        return Json.createObjectBuilder()
                .add("pipeline", pipeline.value())
                .add("urgent", request.urgent())
                .add("runs", plan.runs().size())
                .add("leftOut", plan.leftOut().size())
                .build();
    }

    private static Map<RunId, String> skipped(QueuePlan plan) {
        Map<RunId, String> reasons = new LinkedHashMap<>();
        plan.runs()
                .forEach(run -> run.skipped()
                        .ifPresent(reason -> reasons.put(run.order().id(), reason)));
        return reasons;
    }

    private QueuePlan plan(Submission submission, List<Item> chosen) {
        DataRoots present = roots.now();
        Map<ItemId, String> reasons = new HashMap<>();
        List<Draft> drafts = drafts(submission, chosen, present, reasons);
        Map<ItemId, String> needless = needless(submission, drafts, present);
        boolean named = submission.request().items() instanceof ItemSelection.Only;
        List<Draft> wanted = drafts.stream()
                .filter(draft -> named || !needless.containsKey(draft.id()))
                .toList();
        Map<ItemId, RunOrder> planned = new HashMap<>();
        orders.orders(submission, wanted, present).forEach(order -> planned.put(order.item(), order));
        reasons.putAll(needless);
        return new QueuePlan(
                wanted.stream()
                        .map(draft -> planned(draft, planned.get(draft.id()), present, needless))
                        .toList(),
                chosen.stream()
                        .filter(item -> !planned.containsKey(item.id()))
                        .map(item -> new QueuePlan.LeftOut(item.id(), item.name(), reasons.get(item.id())))
                        .toList());
    }

    private static QueuePlan.Planned planned(
            Draft draft, RunOrder order, DataRoots present, Map<ItemId, String> needless) {
        return new QueuePlan.Planned(
                order,
                draft.item().name(),
                present.path(order.outputFolder().resolve(order.output().path())),
                Optional.ofNullable(needless.get(draft.id())));
    }

    /** @param unreadable is told of those that cannot be run, and why */
    private List<Draft> drafts(
            Submission submission, List<Item> chosen, DataRoots present, Map<ItemId, String> unreadable) {
        List<Draft> drafts = new ArrayList<>();
        for (Item item : chosen) {
            JsonObject parameters = orders.parameters(submission, item, present);
            try {
                drafts.add(orders.draft(submission, item, parameters, present));
            } catch (InputRejectedException e) {
                unreadable.put(item.id(), e.getMessage());
            }
        }
        return drafts;
    }

    /** Why there is nothing to do, of those where there is nothing. */
    private Map<ItemId, String> needless(Submission submission, List<Draft> drafts, DataRoots present) {
        PipelineName pipeline = submission.pipeline().name();
        Map<ItemId, String> reasons = new HashMap<>();
        if (!submission.request().force()) {
            done.completed(pipeline, drafts, present)
                    .forEach((item, run) -> reasons.put(
                            item,
                            "run " + run
                                    + " has done the same with the same input and parameters; use force to repeat it"));
        }
        done.underWay(pipeline, drafts)
                .forEach((item, run) -> reasons.put(item, "run " + run + " is doing the same already"));
        return reasons;
    }
}
