package io.kiln.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kiln.integration.Patience;
import io.kiln.settings.Durations;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The database goes away in the middle of a run and comes back; the server, which stays up, and the run go on. */
@InLaboratory
class DatabaseOutageIT {
    private static final Pattern LOG_ENTRY = Pattern.compile("\\d{4}-\\d{2}-\\d{2} ");

    private final Laboratory laboratory;

    DatabaseOutageIT(Laboratory laboratory) {
        this.laboratory = laboratory;
    }

    @Test
    void aRunOutlivesADatabaseThatIsStoppedForTwentySeconds() throws Exception {
        ScanFolder scan = laboratory.scan("databaseStopped");
        String run = laboratory.startAndAwaitTheMiddle(scan);
        int before = logEntries().size();

        laboratory.kiln().database().stop();
        try {
            await().during(Duration.ofSeconds(20))
                    .atMost(Patience.LIMIT)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> health().status() == 503);
            // who sends a token is looked for in the database before REST is reached
            Client.Answer answer = ask("/api/runs/" + run);
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.body().getString("type")).isEqualTo("/problems/unavailable");
        } finally {
            laboratory.kiln().database().start();
        }

        laboratory.awaitWhole(run, scan);
        assertThatTheServerWorks("afterDatabaseStopped");
        List<String> log = logEntries();
        List<String> told = log.subList(before, log.size());
        assertThat(told).hasSizeLessThan(20);
        // who was still at an old connection when it came back finds it gone once more
        List<String> away = told.stream()
                .filter(line -> line.contains("the database is away"))
                .toList();
        assertThat(away).hasSizeBetween(1, 4);
        await().atMost(Patience.LIMIT)
                .untilAsserted(() -> assertThat(logEntries().stream().skip(before))
                        .filteredOn(line -> line.contains("the database is back"))
                        .hasSameSizeAs(away));
    }

    @Test
    void aRunOutlivesADatabaseThatDoesNotAnswerForAWhile() throws Exception {
        ScanFolder scan = laboratory.scan("databaseFrozen");
        String run = laboratory.startAndAwaitTheMiddle(scan);

        laboratory.kiln().freezeDatabase();
        try {
            await().during(Duration.ofSeconds(5))
                    .atMost(Patience.LIMIT)
                    .until(() -> laboratory.kiln().isServerAlive());
        } finally {
            laboratory.kiln().thawDatabase();
        }

        assertThat(laboratory.awaitWhole(run, scan).getInt("attempt")).isEqualTo(1);
        assertThatTheServerWorks("afterDatabaseFrozen");
    }

    /** The log is a file: it tells what happens while nobody can be asked. */
    @Test
    void aNodeWhoseDatabaseHangsStopsItsWorkBeforeItsLeasesEndAndGoesOnAfterwards() throws Exception {
        ScanFolder scan = laboratory.scan("databaseHangs");
        String run = laboratory.startAndAwaitTheMiddle(scan);
        Instant frozenAt = Instant.now();
        Instant leasesEnd = frozenAt.plus(Durations.LEASE);

        laboratory.kiln().freezeDatabase();
        try {
            await().atMost(Duration.between(Instant.now(), leasesEnd))
                    .until(() -> laboratory.kiln().runLog(run).contains("stops within a slab"));
            assertThat(Instant.now())
                    .isAfter(frozenAt.plus(Durations.SELF_FENCE).minus(Durations.HEARTBEAT.multipliedBy(4)));
            await().atMost(Patience.LIMIT).until(() -> Instant.now().isAfter(leasesEnd));
            await().during(Duration.ofSeconds(10))
                    .atMost(Patience.LIMIT)
                    .until(() -> scan.lastWrite().isBefore(leasesEnd));
        } finally {
            laboratory.kiln().thawDatabase();
        }

        assertThat(laboratory.awaitWhole(run, scan).getInt("attempt")).isGreaterThan(1);
        assertThatTheServerWorks("afterDatabaseHung");
    }

    /** Listener, heartbeat and dispatcher, which the health tells of, and a run from end to end. */
    private void assertThatTheServerWorks(String name) throws Exception {
        await().atMost(Patience.LIMIT).until(() -> health().status() == 200);
        laboratory.reconstructsAnother(name);
    }

    /** First lines only: the trace of a transaction caught in the middle is one thing told. */
    private List<String> logEntries() throws IOException {
        return laboratory.kiln().serverLog().stream()
                .filter(line -> LOG_ENTRY.matcher(line).lookingAt())
                .toList();
    }

    private Client.Answer health() {
        return ask("/health");
    }

    private Client.Answer ask(String path) {
        return laboratory.client().ask("GET", path, JsonObject.EMPTY_JSON_OBJECT);
    }
}
