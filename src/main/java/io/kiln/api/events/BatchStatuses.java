package io.kiln.api.events;

import io.kiln.api.batches.BatchStatusBody;
import io.kiln.batch.BatchTallies;
import io.kiln.event.Event;
import io.kiln.run.BatchId;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** How far batches are, told once for all that has happened to their items and runs since the last time. Thread-safe. */
@Dependent
class BatchStatuses {
    @Inject
    private BatchTallies tallies;

    private final Set<BatchId> changed = ConcurrentHashMap.newKeySet();

    /** The event may have changed how far its batch is. */
    void note(Event event) {
        if (event.batch() != null && !event.kind().equals("batch")) {
            changed.add(new BatchId(event.batch()));
        }
    }

    /** The batches with events since this was last asked, as events' data. */
    List<JsonObject> changes() {
        List<BatchId> batches = List.copyOf(changed);
        if (batches.isEmpty()) {
            return List.of();
        }
        // before they are counted: what happens meanwhile is told the next time
        batches.forEach(changed::remove);
        try {
            return tallies.of(batches).entrySet().stream()
                    .map(batch -> json(batch.getKey(), BatchStatusBody.of(batch.getValue())))
                    .toList();
        } catch (RuntimeException e) {
            changed.addAll(batches);
            throw e;
        }
    }

    private static JsonObject json(BatchId batch, BatchStatusBody status) {
        return Json.createObjectBuilder()
                .add("batch", batch.toString())
                .add("sentence", status.sentence())
                .add("items", status.items())
                .add("notQueued", status.notQueued())
                .add("queued", status.queued())
                .add("running", status.running())
                .add("publishing", status.publishing())
                .add("completed", status.completed())
                .add("failed", status.failed())
                .add("stopped", status.stopped())
                .add("skipped", status.skipped())
                .build();
    }
}
