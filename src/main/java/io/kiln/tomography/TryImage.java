package io.kiln.tomography;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

/**
 * One image of a try.
 *
 * @param slice within the region, after binning
 * @param center column of the axis on the whole, unbinned detector
 */
public record TryImage(int slice, double center) {
    static TryImage of(JsonValue json) {
        JsonObject image = json.asJsonObject();
        return new TryImage(
                image.getInt("slice"), image.getJsonNumber("rotationAxis").doubleValue());
    }

    JsonObject json() {
        return Json.createObjectBuilder()
                .add("slice", slice)
                .add("rotationAxis", center)
                .build();
    }
}
