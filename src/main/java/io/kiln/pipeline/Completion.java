package io.kiln.pipeline;

import jakarta.json.JsonObject;
import java.util.List;

/**
 * What is known once every unit is settled, for the metadata beside the output.
 *
 * @param skipped ranges that could not be read and hold NaN
 * @param run facts of the run to be kept with the result: its id, item, attempts, input identity, versions and timings. It goes into the metadata
 *     under the key {@code run}: by its {@code id} Kiln tells its own outputs from those of others
 */
public record Completion(List<UnitRange> skipped, JsonObject run) {}
