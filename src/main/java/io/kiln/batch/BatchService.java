package io.kiln.batch;

import io.kiln.event.AuditLog;
import io.kiln.event.EventFeed;
import io.kiln.persistence.Page;
import io.kiln.persistence.PageRequest;
import io.kiln.persistence.Sql;
import io.kiln.persistence.UnknownIdException;
import io.kiln.persistence.VersionConflictException;
import io.kiln.root.DataRootService;
import io.kiln.root.Location;
import io.kiln.run.BatchId;
import io.kiln.run.Ownership;
import io.kiln.run.RunRemoval;
import io.kiln.run.RunStops;
import io.kiln.target.Targets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What people ask of batches. */
@ApplicationScoped
@Transactional
public class BatchService {
    private final EntityManager entities;
    private final Sql sql;
    private final DataRootService roots;
    private final ParameterCheck check;
    private final Targets targets;
    private final RunStops stops;
    private final RunRemoval removal;
    private final Ownership ownership;
    private final EventFeed events;
    private final AuditLog audit;

    /** For the container's proxy only. */
    protected BatchService() {
        this(null, null, null, null, null, null, null, null, null, null);
    }

    @Inject
    public BatchService(
            EntityManager entities,
            Sql sql,
            DataRootService roots,
            ParameterCheck check,
            Targets targets,
            RunStops stops,
            RunRemoval removal,
            Ownership ownership,
            EventFeed events,
            AuditLog audit) {
        this.entities = entities;
        this.sql = sql;
        this.roots = roots;
        this.check = check;
        this.targets = targets;
        this.stops = stops;
        this.removal = removal;
        this.ownership = ownership;
        this.events = events;
        this.audit = audit;
    }

    /**
     * @throws io.kiln.pipeline.InvalidParametersException with every problem of its parameters
     * @throws io.kiln.target.UnknownTargetException when there is no such target
     * @throws io.kiln.root.OutsideRootsException when its output lies in no data root
     */
    public Batch create(BatchSettings settings, String who) {
        requireVisible(settings);
        check(settings);
        Batch batch = new Batch(settings, output(settings), who);
        entities.persist(batch);
        entities.flush();
        tell(batch.id(), "created", who, settings.toJson());
        return batch;
    }

    /** Newest first. */
    public Page<Batch> list(PageRequest page) {
        List<Batch> batches = entities.createQuery(
                        "select b from Batch b where b.seq < :before order by b.seq desc", Batch.class)
                .setParameter("before", page.after() == null ? Long.MAX_VALUE : page.after())
                .setMaxResults(page.limit() + 1)
                .getResultList();
        return Page.of(batches, page.limit(), Batch::sequence);
    }

    /** @throws UnknownIdException when there is no such batch */
    public Batch get(BatchId id) {
        return Optional.ofNullable(entities.find(Batch.class, id.value()))
                .orElseThrow(() -> new UnknownIdException("batch", id));
    }

    /** What an edit of the batch is made on. */
    public BatchSettings settings(Batch batch) {
        return new BatchSettings(
                batch.name(),
                batch.pipeline(),
                batch.parameters(),
                batch.target(),
                batch.output().map(place -> roots.path(place).toString()),
                batch.maxDevices(),
                batch.isShared());
    }

    /**
     * @param version that the edit was made on
     * @param patch JSON merge patch of {@link BatchSettings}
     * @throws VersionConflictException when the batch has changed since
     * @throws io.kiln.access.NotYoursException when it is somebody else's alone, or the edit shares what is somebody else's, or takes that back
     */
    public Batch edit(BatchId id, int version, JsonObject patch, String who) {
        Batch batch = lock(id);
        BatchSettings current = settings(batch);
        BatchSettings wanted = current.patched(patch);
        if (batch.version() != version) {
            throw new VersionConflictException(version, batch.version(), wanted.toJson(), current.toJson());
        }
        if (wanted.shared() != current.shared()) {
            ownership.requireOwner(id);
        }
        if (!wanted.name().equals(current.name())) {
            requireVisible(wanted);
        }
        check(wanted);
        batch.set(wanted, output(wanted));
        entities.flush();
        tell(id, "edited", who, patch);
        return batch;
    }

    /** Stops every run of the batch that is not over, and says how many. */
    public int stop(BatchId id, String who) {
        get(id);
        return stops.stopAll(id, who);
    }

    /**
     * Forgets the batch with its items and runs; outputs stay.
     *
     * @throws io.kiln.run.RunStateException when one of its runs is active
     */
    public void delete(BatchId id, String who) {
        Batch batch = lock(id);
        removal.giveUp(id);
        JsonObject was = settings(batch).toJson();
        entities.detach(batch);
        sql.update("delete from batch where id = ?", id.value());
        tell(id, "deleted", who, was);
    }

    /**
     * The batch, to be changed: locked until the transaction ends, for edits of its order wait for each other.
     *
     * @throws io.kiln.access.NotYoursException when it is somebody else's alone
     */
    public Batch lock(BatchId id) {
        ownership.requireMayChange(id);
        return Optional.ofNullable(entities.find(Batch.class, id.value(), LockModeType.PESSIMISTIC_WRITE))
                .orElseThrow(() -> new UnknownIdException("batch", id));
    }

    /** Counts that somebody has queued runs of the batch. */
    void submitted(BatchId id, String who) {
        sql.update(
                "update batch set submissions = submissions + 1, last_submitted_at = clock_timestamp(),"
                        + " last_submitted_by = ? where id = ?",
                who,
                id.value());
    }

    private static void requireVisible(BatchSettings settings) {
        Names.requireVisible("the batch's name", settings.name());
    }

    private void check(BatchSettings settings) {
        check.check(settings.pipeline(), settings.parameters(), roots.now());
        targets.require(settings.target());
    }

    private Optional<Location> output(BatchSettings settings) {
        return settings.output().map(folder -> roots.resolve(Path.of(folder)));
    }

    private void tell(BatchId id, String what, String who, JsonObject detail) {
        events.add("batch", id.value(), null, what + " by " + who);
        audit.add(who, "batch " + what, id.toString(), detail);
    }
}
