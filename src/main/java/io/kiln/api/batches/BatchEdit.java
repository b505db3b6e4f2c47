package io.kiln.api.batches;

import jakarta.json.JsonObject;

/** The members that a merge patch of a batch may have. */
public record BatchEdit(
        String name,
        String pipeline,
        JsonObject parameters,
        String target,
        String output,
        Integer maxDevices,
        Boolean shared) {}
