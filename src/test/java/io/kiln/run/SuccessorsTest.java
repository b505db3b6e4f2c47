package io.kiln.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.job.RunId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuccessorsTest {
    private TestRuns runs;
    private Successors successors;

    @BeforeEach
    void anEmptyDatabase(@TempDir Path folder) {
        runs = new TestRuns(folder);
        successors = runs.successors;
    }

    @Test
    void aRunOfAnotherInputHasThePlaceWhateverItsParameters() {
        RunId failed = failed();
        RunId other = runs.with(atOnePlace(), "input_path", "scan.nxs");

        assertThat(successors.of(failed)).contains(other);
    }

    @Test
    void aRunThatMakesTheSameTakesNothingAway() {
        RunId failed = failed();
        atOnePlace();

        assertThat(successors.of(failed)).isEmpty();
    }

    @Test
    void ofTwoThatAreRestartedTogetherTheNewerHasThePlace() {
        RunId older = failed();
        RunId newer = runs.with(failed(), "input_path", "scan.nxs");

        assertThat(successors.of(List.of(older, newer))).containsOnlyKeys(older).containsValue(newer);
        assertThat(successors.of(older)).isEmpty();
    }

    @Test
    void aResultThatIsAllThatIsLeftOfARunHasThePlaceUnlessItIsToBeReplaced() throws IOException {
        RunId failed = failed();
        RunId same = atOnePlace();
        runs.completed(same);
        assertThat(successors.of(failed)).isEmpty();

        runs.sql.update("delete from run where id = ?", same.value());
        assertThat(successors.of(failed)).contains(same);

        runs.sql.update("update run set force = true where id = ?", failed.value());
        assertThat(successors.of(failed)).isEmpty();
    }

    private RunId failed() {
        return runs.with(atOnePlace(), "state", "FAILED");
    }

    private RunId atOnePlace() {
        return runs.with(runs.queued(), "output_name", "scan_rec");
    }
}
