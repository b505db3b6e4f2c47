package io.kiln.run;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** What became of an item: its newest try and its newest full run. A skipped run counts only where there is no other of its kind: it changed nothing. */
public record ItemRuns(Optional<RunBrief> lastTry, Optional<RunBrief> lastFull) {
    public static final ItemRuns NONE = new ItemRuns(Optional.empty(), Optional.empty());

    /** The newest of both, by which the item is counted. */
    public Optional<RunBrief> newest() {
        return Stream.of(lastTry, lastFull)
                .flatMap(Optional::stream)
                .max(Comparator.comparing((RunBrief run) -> run.state() != RunState.SKIPPED)
                        .thenComparing(RunBrief::sequence));
    }
}
