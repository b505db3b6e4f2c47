package io.kiln.run;

import io.kiln.event.AuditLog;
import io.kiln.job.OutputMetadata;
import io.kiln.job.RunId;
import io.kiln.persistence.Page;
import io.kiln.persistence.PageRequest;
import io.kiln.persistence.Sql;
import io.kiln.persistence.UnknownIdException;
import io.kiln.pipeline.OutputName;
import io.kiln.root.DataRootService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonValue;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What people ask of runs that exist. */
@ApplicationScoped
@Transactional
public class RunService {
    private final EntityManager entities;
    private final Sql sql;
    private final RunQueries queries;
    private final RunTransitions transitions;
    private final DataRootService roots;
    private final RunRemains remains;
    private final AuditLog audit;

    /** For the container's proxy only. */
    protected RunService() {
        this(null, null, null, null, null, null, null);
    }

    @Inject
    public RunService(
            EntityManager entities,
            Sql sql,
            RunQueries queries,
            RunTransitions transitions,
            DataRootService roots,
            RunRemains remains,
            AuditLog audit) {
        this.entities = entities;
        this.sql = sql;
        this.queries = queries;
        this.transitions = transitions;
        this.roots = roots;
        this.remains = remains;
        this.audit = audit;
    }

    /**
     * Puts a run into the queue.
     *
     * @param skipped why there is nothing to do, empty where there is
     */
    public void queue(RunOrder order, Optional<String> skipped) {
        entities.persist(new Run(order));
        entities.flush();
        sql.update(
                "insert into event (kind, batch, item, run, attempt, state) values ('run', ?, ?, ?, 0, 'QUEUED')",
                order.batch().value(),
                order.item().value(),
                order.id().value());
        skipped.ifPresent(reason -> transitions.move(order.id(), RunState.QUEUED, RunState.SKIPPED, reason));
    }

    /** @throws UnknownIdException when there is no such run */
    public RunView get(RunId id) {
        RunView view = queries.views(List.of(find(id))).stream()
                .findFirst()
                .orElseThrow(() -> new UnknownIdException("run", id));
        return new RunView(
                view.run(), view.reason(), view.progress(), view.skipped(), view.devices(), queries.executions(id));
    }

    /** Newest first. */
    public Page<RunView> list(RunFilter filter, PageRequest page) {
        TypedQuery<Run> query = entities.createQuery(
                "select r from Run r where r.seq < :before"
                        + (filter.batch().isPresent() ? " and r.batch = :batch" : "")
                        + (filter.state().isPresent() ? " and r.state = :state" : "")
                        + " order by r.seq desc",
                Run.class);
        query.setParameter("before", page.after() == null ? Long.MAX_VALUE : page.after());
        filter.batch().ifPresent(batch -> query.setParameter("batch", batch.value()));
        filter.state().ifPresent(state -> query.setParameter("state", state));
        Page<Run> runs = Page.of(query.setMaxResults(page.limit() + 1).getResultList(), page.limit(), Run::sequence);
        return new Page<>(queries.views(runs.items()), runs.next());
    }

    /**
     * A queued run is stopped at once, an active one within a slab.
     *
     * @throws RunStateException when it is over already
     */
    public void stop(RunId id, String who) {
        RunState state = find(id).state();
        boolean stopped = transitions.move(id, RunState.QUEUED, RunState.STOPPED, "stopped by " + who)
                || requestStop("id = ?", id.value(), who) > 0
                || state.isActive();
        if (!stopped) {
            throw new RunStateException(id, state, "stopped", "only a queued or active run can");
        }
        audit.add(who, "stop run", id.toString(), JsonValue.EMPTY_JSON_OBJECT);
    }

    /** Stops every run of the batch that is not over, and says how many. */
    public int stopAll(BatchId batch, String who) {
        List<RunId> queued = sql.list(
                row -> RunId.parse(row.getString(1)),
                "select id from run where batch = ? and state = 'QUEUED' order by seq",
                batch.value());
        int stopped = requestStop("batch = ?", batch.value(), who);
        for (RunId run : queued) {
            stopped += transitions.move(run, RunState.QUEUED, RunState.STOPPED, "stopped by " + who) ? 1 : 0;
        }
        stopped += requestStop("batch = ?", batch.value(), who);
        audit.add(
                who,
                "stop batch",
                batch.toString(),
                Json.createObjectBuilder().add("runs", stopped).build());
        return stopped;
    }

    /**
     * Queues a failed or stopped run again; it goes on from what its ledger holds.
     *
     * @throws RunStateException in any other state
     */
    public void restart(RunId id, String who) {
        RunState state = find(id).state();
        boolean queued = RunState.QUEUED.sources().stream()
                .filter(RunState::isOver)
                .anyMatch(from -> transitions.move(id, from, RunState.QUEUED, "restarted by " + who));
        if (!queued) {
            throw new RunStateException(
                    id, state, "restarted", "only a failed or stopped run can; queue its item again to repeat it");
        }
        sql.update("update run set idle_attempts = 0 where id = ?", id.value());
        audit.add(who, "restart run", id.toString(), JsonValue.EMPTY_JSON_OBJECT);
    }

    /**
     * Forgets a run that is over, with its log and its work folder; its output stays.
     *
     * @throws RunStateException when it is not over
     */
    public void delete(RunId id, String who) {
        RunState state = find(id).state();
        if (state.isOver()) {
            remains.delete(id);
        }
        if (sql.update("delete from run where id = ? and state not in ('QUEUED', 'RUNNING', 'PUBLISHING')", id.value())
                == 0) {
            throw new RunStateException(id, state, "deleted", "stop it first");
        }
        audit.add(who, "delete run", id.toString(), JsonValue.EMPTY_JSON_OBJECT);
    }

    /**
     * Makes ready for the runs of a batch or item to be deleted with it: nothing of them stays but their outputs.
     *
     * @param owner {@code batch} or {@code item}
     * @throws RunStateException when one of the owner's runs is active
     */
    public void deleteRemains(String owner, UUID id) {
        requireIdle(owner, id);
        remains.deleteOf(owner, id);
    }

    private void requireIdle(String owner, UUID id) {
        sql.first(
                        row -> new RunStateException(
                                RunId.parse(row.getString("id")),
                                RunState.valueOf(row.getString("state")),
                                "taken away with its " + owner,
                                "stop it first"),
                        "select id, state from run where " + owner + " = ? and state in ('RUNNING', 'PUBLISHING')",
                        id)
                .ifPresent(active -> {
                    throw active;
                });
    }

    /**
     * What the completed runs of the item have published and is still theirs by its metadata: folders, or files with the metadata and previews beside
     * them.
     */
    public List<Path> published(ItemId item) {
        List<Run> completed = entities.createQuery(
                        "select r from Run r where r.item = :item and r.state = :completed", Run.class)
                .setParameter("item", item.value())
                .setParameter("completed", RunState.COMPLETED)
                .getResultList();
        Set<RunId> ids = completed.stream().map(Run::id).collect(Collectors.toSet());
        return completed.stream()
                .filter(run -> maker(run).filter(ids::contains).isPresent())
                .flatMap(this::parts)
                .distinct()
                .toList();
    }

    private Optional<RunId> maker(Run run) {
        try {
            return OutputMetadata.run(roots.path(run.outputFolder()), run.output());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read what made '" + output(run) + "': " + e.getMessage(), e);
        }
    }

    private Stream<Path> parts(Run run) {
        OutputName output = run.output();
        Stream<String> parts = output.form() == OutputName.Form.FOLDER
                ? Stream.of(output.path())
                : Stream.of(output.metadataPath(), output.path(), output.previewPath());
        return parts.map(part -> roots.path(run.outputFolder().resolve(part)));
    }

    /** The published folder or file of a run, absolute; it exists once the run is completed. */
    public Path output(Run run) {
        return roots.path(run.outputFolder().resolve(run.output().path()));
    }

    /** @throws UnknownIdException when there is no such run */
    public Run find(RunId id) {
        return Optional.ofNullable(entities.find(Run.class, id.value()))
                .orElseThrow(() -> new UnknownIdException("run", id));
    }

    private int requestStop(String which, Object value, String who) {
        return sql.update(
                "with asked as (update run set stop_requested = ? where " + which
                        + " and state in ('RUNNING', 'PUBLISHING') and stop_requested is null"
                        + " returning id, batch, item, attempt, state)"
                        + " insert into event (kind, batch, item, run, attempt, state, reason)"
                        + " select 'run', batch, item, id, attempt, state, ? from asked",
                who,
                value,
                "asked to stop by " + who);
    }
}
