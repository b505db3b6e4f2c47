package io.kiln.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RunStateTest {
    @Property
    void noLifeEndsCompletedWithoutRunningAndPublishingBefore(@ForAll List<RunState> wishes) {
        RunState state = RunState.QUEUED;
        RunState before = null;
        for (RunState wish : wishes) {
            if (state.mayBecome(wish)) {
                before = state;
                state = wish;
                assertThat(state != RunState.COMPLETED || before == RunState.PUBLISHING)
                        .isTrue();
                assertThat(state != RunState.PUBLISHING || before == RunState.RUNNING)
                        .isTrue();
                assertThat(state != RunState.RUNNING || before == RunState.QUEUED)
                        .isTrue();
                assertThat(state != RunState.SKIPPED || before == RunState.QUEUED)
                        .isTrue();
            }
        }
    }

    @Property
    void sourcesAreTheTransitionsReadBackwards(@ForAll RunState from, @ForAll RunState to) {
        assertThat(to.sources().contains(from)).isEqualTo(from.mayBecome(to));
    }

    @Property
    void aStateIsQueuedOrActiveOrOver(@ForAll RunState state) {
        assertThat(List.of(state == RunState.QUEUED, state.isActive(), state.isOver()))
                .containsOnlyOnce(true);
    }

    @Test
    void whatIsCompletedOrSkippedStaysSo() {
        for (RunState last : List.of(RunState.COMPLETED, RunState.SKIPPED)) {
            assertThat(RunState.values()).noneMatch(last::mayBecome);
        }
    }

    @Test
    void everyStateCanBeReached() {
        Set<RunState> reached = EnumSet.of(RunState.QUEUED);
        for (int step = 0; step < RunState.values().length; step++) {
            for (RunState next : RunState.values()) {
                if (reached.stream().anyMatch(state -> state.mayBecome(next))) {
                    reached.add(next);
                }
            }
        }
        assertThat(reached).containsExactlyInAnyOrder(RunState.values());
    }
}
