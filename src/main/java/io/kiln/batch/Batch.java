package io.kiln.batch;

import io.kiln.persistence.JsonColumn;
import io.kiln.pipeline.PipelineName;
import io.kiln.root.Area;
import io.kiln.root.Location;
import io.kiln.root.RootId;
import io.kiln.run.BatchId;
import io.kiln.target.TargetName;
import jakarta.json.JsonObject;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Generated;
import org.hibernate.generator.EventType;

/** An ordered, named collection of items with shared parameters. */
@Entity
@Table(name = "batch")
public class Batch {
    @Id
    private UUID id;

    @Generated(event = EventType.INSERT)
    @Column(insertable = false, updatable = false)
    private long seq;

    private String name;
    private String pipeline;

    @Convert(converter = JsonColumn.class)
    @ColumnTransformer(write = "cast(? as jsonb)")
    private JsonObject parameters;

    private String target;

    @Column(name = "output_root")
    private UUID outputRoot;

    @Enumerated(EnumType.STRING)
    @Column(name = "output_area")
    private Area outputArea;

    @Column(name = "output_path")
    private String outputPath;

    @Column(name = "max_devices")
    private Integer maxDevices;

    private boolean shared;

    @Column(insertable = false, updatable = false)
    private int submissions;

    @Column(name = "last_submitted_at", insertable = false, updatable = false)
    private Instant lastSubmittedAt;

    @Column(name = "last_submitted_by", insertable = false, updatable = false)
    private String lastSubmittedBy;

    @Version
    private int version;

    @Column(name = "created_by", updatable = false)
    private String createdBy;

    @Generated(event = EventType.INSERT)
    @Column(name = "created_at", insertable = false, updatable = false)
    private Instant createdAt;

    protected Batch() {}

    Batch(BatchSettings settings, Optional<Location> output, String who) {
        id = UUID.randomUUID();
        createdBy = who;
        set(settings, output);
    }

    void set(BatchSettings settings, Optional<Location> output) {
        name = settings.name();
        pipeline = settings.pipeline().map(PipelineName::value).orElse(null);
        parameters = settings.parameters();
        target = settings.target().value();
        outputRoot = output.map(place -> place.root().value()).orElse(null);
        outputArea = output.map(Location::area).orElse(null);
        outputPath = output.map(Location::path).orElse(null);
        maxDevices = settings.maxDevices().orElse(null);
        shared = settings.shared();
    }

    public BatchId id() {
        return new BatchId(id);
    }

    /** Grows with every batch; what pages are keyed by. */
    public long sequence() {
        return seq;
    }

    public String name() {
        return name;
    }

    public Optional<PipelineName> pipeline() {
        return Optional.ofNullable(pipeline).map(PipelineName::new);
    }

    public JsonObject parameters() {
        return parameters;
    }

    public TargetName target() {
        return new TargetName(target);
    }

    /** The folder for outputs; empty for the places beside the inputs. */
    public Optional<Location> output() {
        return outputRoot == null
                ? Optional.empty()
                : Optional.of(new Location(new RootId(outputRoot), outputArea, outputPath));
    }

    /** How many devices its runs may hold at once; empty for as many as there are. */
    public Optional<Integer> maxDevices() {
        return Optional.ofNullable(maxDevices);
    }

    /** Whether others change it, too, than who made it and administrators. */
    public boolean isShared() {
        return shared;
    }

    /** How often runs of it were queued. */
    public int submissions() {
        return submissions;
    }

    public Optional<Instant> lastSubmittedAt() {
        return Optional.ofNullable(lastSubmittedAt);
    }

    public Optional<String> lastSubmittedBy() {
        return Optional.ofNullable(lastSubmittedBy);
    }

    /** What an edit must name. */
    public int version() {
        return version;
    }

    public String createdBy() {
        return createdBy;
    }

    public Instant createdAt() {
        return createdAt;
    }
}
