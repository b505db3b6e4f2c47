package io.kiln.batch;

import io.kiln.pipeline.PipelineName;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Optional;

/**
 * Parameters that somebody keeps under a name, to be used again.
 *
 * @param sequence grows with every set; what pages are keyed by
 * @param owner who alone changes it, beside administrators
 * @param version what an edit must name
 * @param changedAt by the database's clock
 */
public record ParameterSet(
        ParameterSetId id, long sequence, Content content, String owner, int version, Instant changedAt) {
    /** The longest name. */
    public static final int LONGEST_NAME = 200;

    /**
     * What people set of it.
     *
     * @param name unique among the sets of its owner
     * @param pipeline that it is for; empty for any
     * @param isShared whether others see and use it
     */
    public record Content(String name, Optional<PipelineName> pipeline, JsonObject parameters, boolean isShared) {}
}
