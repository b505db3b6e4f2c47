package io.kiln.batch;

import io.kiln.event.AuditLog;
import io.kiln.pipeline.InputIdentity;
import io.kiln.pipeline.InputRejectedException;
import io.kiln.pipeline.Pipeline;
import io.kiln.pipeline.PipelineName;
import io.kiln.pipeline.Pipelines;
import io.kiln.root.DataRootService;
import io.kiln.run.BatchId;
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
import java.util.List;
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
     * Queues the runs, all or none; a dry run does everything and takes it back.
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
        Plan plan = new Plan(pipeline, batch, request, who);
        items.toRead(id, request.items()).forEach(plan::add);
        if (request.dryRun()) {
            transactions.setRollbackOnly();
        } else {
            batches.submitted(id, who);
            audit.add(who, "queue runs", id.toString(), summary(pipeline.name(), request, plan));
        }
        return new QueuePlan(plan.planned, plan.leftOut);
    }

    private Pipeline pipeline(QueueRequest request, Batch batch) {
        PipelineName name = request.pipeline()
                .or(batch::pipeline)
                .orElseThrow(() -> new InputRejectedException(
                        "name a 'pipeline': batch " + batch.id() + " has none; known are " + pipelines.names()));
        return pipelines.get(name);
    }

    private static JsonObject summary(PipelineName pipeline, QueueRequest request, Plan plan) {
        return Json.createObjectBuilder()
                .add("pipeline", pipeline.value())
                .add("urgent", request.urgent())
                .add("runs", plan.planned.size())
                .add("leftOut", plan.leftOut.size())
                .build();
    }

    /** One request being worked off, item by item. */
    private final class Plan {
        private final Pipeline pipeline;
        private final Batch batch;
        private final QueueRequest request;
        private final String who;
        private final List<QueuePlan.Planned> planned = new ArrayList<>();
        private final List<QueuePlan.LeftOut> leftOut = new ArrayList<>();

        Plan(Pipeline pipeline, Batch batch, QueueRequest request, String who) {
            this.pipeline = pipeline;
            this.batch = batch;
            this.request = request;
            this.who = who;
        }

        void add(Item item) {
            JsonObject parameters = orders.parameters(pipeline, batch, item, request);
            JsonObject significant = pipeline.parameters().significant(parameters);
            InputIdentity input;
            try {
                input = orders.identity(item, pipeline, parameters);
            } catch (InputRejectedException e) {
                leaveOut(item, e.getMessage());
                return;
            }
            Optional<String> needless = needless(item, significant, input);
            if (needless.isPresent() && !(request.items() instanceof ItemSelection.Only)) {
                leaveOut(item, needless.get());
                return;
            }
            RunOrder order = orders.order(pipeline, batch, item, request, parameters, input, who);
            queue.add(order, needless);
            planned.add(new QueuePlan.Planned(
                    order,
                    item.name(),
                    roots.path(order.outputFolder().resolve(order.output().path())),
                    needless));
        }

        private Optional<String> needless(Item item, JsonObject significant, InputIdentity input) {
            Optional<String> underWay = done.underWay(item.id(), pipeline.name(), significant)
                    .map(run -> "run " + run + " is doing the same already");
            return underWay.isPresent() || request.force()
                    ? underWay
                    : done.completed(item.id(), pipeline.name(), significant, input)
                            .map(run -> "run " + run
                                    + " has done the same with the same input and parameters; use force to repeat it");
        }

        private void leaveOut(Item item, String reason) {
            leftOut.add(new QueuePlan.LeftOut(item.id(), item.name(), reason));
        }
    }
}
