package io.kiln.cli.remote;

import io.kiln.cli.client.KilnClient;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which runs are watched. */
sealed interface Watched {
    /** All of them as they are now. */
    List<JsonObject> read(KilnClient client);

    /** Whether an event is about one of them. */
    boolean includes(JsonObject event);

    /** Runs by id. */
    record These(List<String> runs) implements Watched {
        @Override
        public List<JsonObject> read(KilnClient client) {
            return runs.stream().map(run -> client.get(RunCommand.address(run))).toList();
        }

        @Override
        public boolean includes(JsonObject event) {
            return runs.contains(event.getString("run", ""));
        }
    }

    /** The runs of a batch, those that are queued later among them. */
    record OfBatch(String batch) implements Watched {
        private static final String LARGEST_PAGE = "500";

        @Override
        public List<JsonObject> read(KilnClient client) {
            List<JsonObject> runs = new ArrayList<>();
            Map<String, String> query = new HashMap<>(Map.of("batch", batch, "limit", LARGEST_PAGE));
            while (true) {
                JsonObject page = client.get("/api/runs", query);
                runs.addAll(0, reversed(page.getJsonArray("items").getValuesAs(JsonObject.class)));
                if (page.isNull("next")) {
                    return runs;
                }
                query.put("after", page.getString("next"));
            }
        }

        /** The server lists the newest first; people watch in the order of the queue. */
        private static List<JsonObject> reversed(List<JsonObject> newestFirst) {
            List<JsonObject> runs = new ArrayList<>(newestFirst);
            Collections.reverse(runs);
            return runs;
        }

        @Override
        public boolean includes(JsonObject event) {
            return batch.equals(event.getString("batch", ""));
        }
    }
}
