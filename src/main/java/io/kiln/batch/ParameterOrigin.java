package io.kiln.batch;

/** Who gave a run's parameter its value; later ones win. */
enum ParameterOrigin {
    /** the pipeline's standard */
    DEFAULT,
    BATCH,
    ITEM,
    /** whoever queued the run */
    REQUEST;

    static ParameterOrigin of(String name, Batch batch, Item item, QueueRequest request) {
        if (request.parameters().containsKey(name)) {
            return REQUEST;
        }
        if (item.parameters().containsKey(name)) {
            return ITEM;
        }
        return batch.parameters().containsKey(name) ? BATCH : DEFAULT;
    }
}
