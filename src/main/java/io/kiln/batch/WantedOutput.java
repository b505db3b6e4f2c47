package io.kiln.batch;

import io.kiln.pipeline.OutputName;
import io.kiln.root.Location;
import io.kiln.run.ItemId;
import jakarta.json.JsonObject;

/**
 * An output that an item's run is to have.
 *
 * @param input that it is made from
 * @param folder that names are relative to
 * @param name what the pipeline calls it
 * @param significant parameters on which the result depends
 */
record WantedOutput(ItemId item, Location input, Location folder, OutputName name, JsonObject significant) {}
