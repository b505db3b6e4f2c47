package io.kiln.batch;

import io.kiln.run.RunState;
import java.util.EnumMap;
import java.util.Map;

/**
 * How far a batch is: what the newest run of each of its items has come to. A skipped run counts only where an item has no other: it changed nothing.
 *
 * @param items how many the batch has, those without a run among them
 * @param runs how many of them are in each state; every state is there
 */
public record BatchTally(int items, Map<RunState, Integer> runs) {
    public BatchTally {
        Map<RunState, Integer> all = new EnumMap<>(RunState.class);
        for (RunState state : RunState.values()) {
            all.put(state, runs.getOrDefault(state, 0));
        }
        runs = Map.copyOf(all);
    }

    public int in(RunState state) {
        return runs.get(state);
    }

    /** Items that have no run yet. */
    public int notQueued() {
        return items - runs.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** One line, such as {@code Completed 4/20 | Running: 4 | Queue: 12}; what is not as wished follows where there is some. */
    public String sentence() {
        int completed = in(RunState.COMPLETED) + in(RunState.SKIPPED);
        int running = in(RunState.RUNNING) + in(RunState.PUBLISHING);
        return "Completed " + completed + "/" + items + " | Running: " + running + " | Queue: " + in(RunState.QUEUED)
                + where("Failed", in(RunState.FAILED))
                + where("Stopped", in(RunState.STOPPED))
                + where("Not queued", notQueued());
    }

    private static String where(String what, int count) {
        return count == 0 ? "" : " | " + what + ": " + count;
    }
}
