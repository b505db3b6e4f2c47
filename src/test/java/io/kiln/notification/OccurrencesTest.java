package io.kiln.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.batch.BatchTallies;
import io.kiln.event.EventFeed;
import io.kiln.run.StallWatch;
import java.util.List;
import org.junit.jupiter.api.Test;

class OccurrencesTest {
    private final Subscribed subscribed = new Subscribed();
    private final Occurrences occurrences = new Occurrences(
            subscribed.sql,
            new EventFeed(subscribed.sql),
            new Composition(subscribed.sql, new BatchTallies(subscribed.sql)));

    OccurrencesTest() {
        subscribed.sql.update("delete from notification_cursor");
        look();
    }

    @Test
    void aRunThatMakesNoProgressIsToldOfOnceWithItsReason() {
        tell("claimed");
        tell(StallWatch.STALLED + ": nothing was settled since noon");
        look();
        look();

        assertThat(told())
                .containsExactly("STALLED of " + subscribed.run
                        + ": Batch 'teeth': the run of 'molar' makes no progress, " + StallWatch.STALLED
                        + ": nothing was settled since noon");
    }

    @Test
    void aRunThatStallsAgainAfterItWentOnIsToldOfAgain() {
        tell(StallWatch.STALLED + " once");
        tell("goes on after it had stalled");
        tell(StallWatch.STALLED + " twice");
        look();

        assertThat(told()).hasSize(2);
    }

    private void tell(String reason) {
        subscribed.sql.update(
                "insert into event (kind, batch, run, attempt, state, reason) values ('run', ?, ?, 1, 'RUNNING', ?)",
                subscribed.batch,
                subscribed.run,
                reason);
    }

    private void look() {
        subscribed.database.inTransaction(occurrences::look);
    }

    private List<String> told() {
        return subscribed.sql.list(
                row -> row.getString("occasion") + " of " + row.getString("run") + ": " + row.getString("subject")
                        + ", " + row.getString("reason"),
                "select occasion, run, subject, content ->> 'reason' as reason from notification order by id");
    }
}
