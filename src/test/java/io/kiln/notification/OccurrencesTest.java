package io.kiln.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiln.batch.BatchTallies;
import io.kiln.event.EventFeed;
import io.kiln.persistence.DatabaseException;
import io.kiln.run.StallWatch;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
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

    @Test
    void aFailureIsToldOfAlthoughItsRunIsDeleted() {
        tell("RUNNING", "claimed");
        tell("FAILED", "it is no HDF5 file");
        subscribed.sql.update("delete from run");
        look();

        assertThat(told())
                .contains("FIRST_FAILURE of " + subscribed.run
                        + ": Batch 'teeth': the run of 'molar' has failed, it is no HDF5 file");
    }

    @Test
    void aFailureIsToldOfAlthoughItsItemIsRemoved() {
        tell("RUNNING", "claimed");
        tell("FAILED", "it is no HDF5 file");
        subscribed.sql.update("delete from run");
        subscribed.sql.update("delete from item");
        look();

        assertThat(told())
                .contains("FIRST_FAILURE of " + subscribed.run
                        + ": Batch 'teeth': the run of an item that is removed has failed, it is no HDF5 file");
    }

    @Test
    void whatCannotBeToldKeepsNobodyFromBeingToldOfTheRest() {
        subscribed.sql.update("alter table notification add constraint untellable check (occasion <> 'FIRST_FAILURE')");
        try {
            tell("RUNNING", StallWatch.STALLED + " once");
            tell("FAILED", "it is no HDF5 file");
            look();
            tell("RUNNING", StallWatch.STALLED + " twice");
            look();
        } finally {
            subscribed.sql.update("alter table notification drop constraint untellable");
        }

        assertThat(told()).hasSize(2).allMatch(message -> message.startsWith("STALLED"));
    }

    @Test
    void whatFailsForReasonsOfTheDatabaseIsToldLater() {
        subscribed.sql.update("alter table notification rename to away");
        try {
            tell(StallWatch.STALLED + " once");
            assertThatThrownBy(this::look).isInstanceOf(DatabaseException.class);
        } finally {
            subscribed.sql.update("alter table away rename to notification");
        }
        look();

        assertThat(told()).hasSize(1);
    }

    @Test
    void theEndOfABatchOfManyRunsIsToldOfOnce() {
        subscribed.sql.update("update run set state = 'SKIPPED'");
        for (String state : List.of("QUEUED", "SKIPPED")) {
            subscribed.sql.update(
                    "insert into event (kind, batch, item, run, attempt, state)"
                            + " select 'run', ?, ?, ?, 0, ? from generate_series(1, ?)",
                    subscribed.batch,
                    subscribed.item,
                    subscribed.run,
                    state,
                    Occurrences.AT_ONCE + 100);
        }
        while (look()) {
            assertThat(told()).isEmpty();
        }

        assertThat(told()).singleElement().asString().startsWith("BATCH_ENDED");
    }

    @Test
    void aFailureWhoseEventIsHeldBackIsToldOfBeforeTheEndOfItsBatch() throws SQLException {
        tell("RUNNING", "claimed");
        try (Connection older = subscribed.database.dataSource().getConnection();
                Statement statement = older.createStatement()) {
            older.setAutoCommit(false);
            statement.execute("select pg_current_xact_id()");
            subscribed.sql.update("update run set state = 'FAILED'");
            tell("FAILED", "it is no HDF5 file");
            look();
            assertThat(told()).isEmpty();
            older.rollback();
        }
        look();

        assertThat(told()).hasSize(2);
        assertThat(told().get(0)).startsWith("FIRST_FAILURE");
        assertThat(told().get(1)).startsWith("BATCH_ENDED");
    }

    private void tell(String reason) {
        tell("RUNNING", reason);
    }

    private void tell(String state, String reason) {
        subscribed.sql.update(
                "insert into event (kind, batch, item, run, attempt, state, reason)"
                        + " values ('run', ?, ?, ?, 1, ?, ?)",
                subscribed.batch,
                subscribed.item,
                subscribed.run,
                state,
                reason);
    }

    private boolean look() {
        return Notifier.passing(untellable -> subscribed.database.inTransaction(() -> occurrences.look(untellable)));
    }

    private List<String> told() {
        return subscribed.sql.list(
                row -> row.getString("occasion") + " of " + row.getString("run") + ": " + row.getString("subject")
                        + ", " + row.getString("reason"),
                "select occasion, run, subject, content ->> 'reason' as reason from notification order by id");
    }
}
