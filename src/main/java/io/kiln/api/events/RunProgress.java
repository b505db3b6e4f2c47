package io.kiln.api.events;

import io.kiln.job.RunId;
import io.kiln.persistence.Page;
import io.kiln.persistence.PageRequest;
import io.kiln.run.Progress;
import io.kiln.run.RunFilter;
import io.kiln.run.RunService;
import io.kiln.run.RunState;
import io.kiln.run.RunView;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How far the running runs are, told when it changes. Each has its own memory of what was told; not thread-safe. */
@Dependent
class RunProgress {
    private static final RunFilter RUNNING = new RunFilter(Optional.empty(), Optional.of(RunState.RUNNING));

    @Inject
    private RunService runs;

    private Map<RunId, Integer> told = Map.of();

    /** Those that have come farther since this was last asked, as events' data. */
    List<JsonObject> changes() {
        Map<RunId, Integer> present = new HashMap<>();
        List<JsonObject> changes = new ArrayList<>();
        for (RunView view :
                runs.list(RUNNING, new PageRequest(null, Page.LARGEST)).items()) {
            view.progress().ifPresent(progress -> {
                RunId run = view.run().id();
                present.put(run, progress.done());
                if (!Integer.valueOf(progress.done()).equals(told.get(run))) {
                    changes.add(json(run, progress));
                }
            });
        }
        told = present;
        return changes;
    }

    private static JsonObject json(RunId run, Progress progress) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("run", run.toString())
                .add("done", progress.done())
                .add("total", progress.total())
                .add("unit", progress.unit())
                .add("ratePerSecond", progress.ratePerSecond());
        progress.etaSeconds().ifPresent(seconds -> json.add("etaSeconds", seconds));
        return json.build();
    }
}
