package io.kiln.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.run.RunState;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchTallyTest {
    @Test
    void theSentenceSaysWhatIsDoneWhatRunsAndWhatWaits() {
        BatchTally tally = new BatchTally(20, Map.of(RunState.COMPLETED, 4, RunState.RUNNING, 4, RunState.QUEUED, 12));

        assertThat(tally.sentence()).isEqualTo("Completed 4/20 | Running: 4 | Queue: 12");
        assertThat(tally.notQueued()).isZero();
    }

    @Test
    void whatIsNotAsWishedFollows() {
        BatchTally tally = new BatchTally(
                9,
                Map.of(
                        RunState.SKIPPED,
                        1,
                        RunState.COMPLETED,
                        1,
                        RunState.PUBLISHING,
                        1,
                        RunState.FAILED,
                        2,
                        RunState.STOPPED,
                        3));

        assertThat(tally.sentence())
                .isEqualTo("Completed 2/9 | Running: 1 | Queue: 0 | Failed: 2 | Stopped: 3 | Not queued: 1");
    }
}
