package io.kiln.run;

import io.kiln.job.RunId;
import io.kiln.persistence.JsonColumn;
import io.kiln.pipeline.InputIdentity;
import io.kiln.pipeline.OutputName;
import io.kiln.pipeline.PipelineName;
import io.kiln.root.Location;
import io.kiln.target.TargetName;
import jakarta.json.JsonObject;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Immutable;

/**
 * One pipeline on one item: a snapshot of what is to be done, and where it stands. Made here; changed by {@link RunTransitions} alone, so an entity is
 * what the run was when it was read.
 */
@Entity
@Table(name = "run")
@Immutable
public class Run {
    @Id
    private UUID id;

    @Column(insertable = false, updatable = false)
    private long seq;

    private UUID batch;
    private UUID item;
    private String pipeline;

    @Column(name = "is_try")
    private boolean isTry;

    @Enumerated(EnumType.STRING)
    @Column(updatable = false)
    private RunState state = RunState.QUEUED;

    @Column(updatable = false)
    private String reason;

    @Convert(converter = JsonColumn.class)
    @ColumnTransformer(write = "cast(? as jsonb)")
    private JsonObject parameters;

    @Convert(converter = JsonColumn.class)
    @ColumnTransformer(write = "cast(? as jsonb)")
    private JsonObject significant;

    @Convert(converter = JsonColumn.class)
    @ColumnTransformer(write = "cast(? as jsonb)")
    private JsonObject origins;

    private String target;
    private int devices;
    private boolean urgent;
    private int priority;

    @Column(name = "not_before")
    private Instant notBefore;

    private boolean force;

    @Embedded
    private RunFiles files;

    @Column(insertable = false, updatable = false)
    private int attempt;

    @Column(insertable = false, updatable = false)
    private String node;

    @Column(name = "stop_requested", insertable = false, updatable = false)
    private String stopRequested;

    @Convert(converter = JsonColumn.class)
    @ColumnTransformer(write = "cast(? as jsonb)")
    @Column(insertable = false, updatable = false)
    private JsonObject plan;

    @Column(insertable = false, updatable = false)
    private Integer units;

    @Column(name = "unit_name", insertable = false, updatable = false)
    private String unitName;

    @Column(insertable = false, updatable = false)
    private boolean incomplete;

    @Column(name = "queued_by")
    private String queuedBy;

    @Column(name = "queued_at", insertable = false, updatable = false)
    private Instant queuedAt;

    @Column(name = "started_at", insertable = false, updatable = false)
    private Instant startedAt;

    @Column(name = "claimed_at", insertable = false, updatable = false)
    private Instant claimedAt;

    @Column(name = "stalled_since", insertable = false, updatable = false)
    private Instant stalledSince;

    @Column(name = "ended_at", insertable = false, updatable = false)
    private Instant endedAt;

    protected Run() {}

    /** A queued run of an order. */
    public Run(RunOrder order) {
        id = order.id().value();
        batch = order.batch().value();
        item = order.item().value();
        pipeline = order.pipeline().value();
        isTry = order.isTry();
        parameters = order.parameters();
        significant = order.significant();
        origins = order.origins();
        target = order.target().value();
        devices = order.devices();
        urgent = order.urgent();
        priority = order.priority();
        notBefore = order.notBefore().orElse(null);
        force = order.force();
        files = new RunFiles(order);
        queuedBy = order.queuedBy();
    }

    public RunId id() {
        return new RunId(id);
    }

    /** Grows with every run that is queued; what pages are keyed by. */
    public long sequence() {
        return seq;
    }

    public BatchId batch() {
        return new BatchId(batch);
    }

    public ItemId item() {
        return new ItemId(item);
    }

    public PipelineName pipeline() {
        return new PipelineName(pipeline);
    }

    public boolean isTry() {
        return isTry;
    }

    public RunState state() {
        return state;
    }

    /** Why it is in this state; for a queued run see {@link RunView#reason()}. */
    Optional<String> storedReason() {
        return Optional.ofNullable(reason);
    }

    /** Resolved: every parameter has its value. */
    public JsonObject parameters() {
        return parameters;
    }

    /** By a parameter's name, who gave its value: DEFAULT, BATCH, ITEM or REQUEST; empty for a run that was queued before this was kept. */
    public Optional<JsonObject> origins() {
        return Optional.ofNullable(origins);
    }

    public TargetName target() {
        return new TargetName(target);
    }

    /** How many devices it wants; 0 means all of a node. */
    public int wantedDevices() {
        return devices;
    }

    /** Whether it goes before all that are not, and may take their devices. */
    public boolean urgent() {
        return urgent;
    }

    public int priority() {
        return priority;
    }

    public Optional<Instant> notBefore() {
        return Optional.ofNullable(notBefore);
    }

    public boolean force() {
        return force;
    }

    public Location input() {
        return files.input();
    }

    /** What the input was when the run was queued. */
    public InputIdentity inputIdentity() {
        return files.inputIdentity();
    }

    public Location outputFolder() {
        return files.outputFolder();
    }

    public OutputName output() {
        return files.output();
    }

    /** Number of the newest claim, 0 before the first. */
    public int attempt() {
        return attempt;
    }

    /** The node that executes it or did so last. */
    public Optional<String> node() {
        return Optional.ofNullable(node);
    }

    /** Who asked it to stop. */
    public Optional<String> stopRequestedBy() {
        return Optional.ofNullable(stopRequested);
    }

    /** The stored plan's document. */
    public Optional<JsonObject> plan() {
        return Optional.ofNullable(plan);
    }

    public Optional<Integer> units() {
        return Optional.ofNullable(units);
    }

    public Optional<String> unitName() {
        return Optional.ofNullable(unitName);
    }

    /** True where its output holds slabs that could not be read. */
    public boolean incomplete() {
        return incomplete;
    }

    public String queuedBy() {
        return queuedBy;
    }

    public Instant queuedAt() {
        return queuedAt;
    }

    public Optional<Instant> startedAt() {
        return Optional.ofNullable(startedAt);
    }

    /** When the newest attempt began. */
    public Optional<Instant> claimedAt() {
        return Optional.ofNullable(claimedAt);
    }

    /** Its last progress, where that is longer ago than its own pace explains. */
    public Optional<Instant> stalledSince() {
        return Optional.ofNullable(stalledSince);
    }

    public Optional<Instant> endedAt() {
        return Optional.ofNullable(endedAt);
    }
}
