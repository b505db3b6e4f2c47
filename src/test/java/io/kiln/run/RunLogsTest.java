package io.kiln.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.device.cuda.PermittedGpus;
import io.kiln.job.RunId;
import io.kiln.settings.DeviceSettings;
import io.kiln.settings.HistoryDays;
import io.kiln.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLogsTest {
    @TempDir
    private Path home;

    private final RunId run = RunId.random();
    private RunLogs logs;

    @BeforeEach
    void open() {
        logs = new RunLogs(new Settings(
                home,
                List.of(home),
                home,
                Optional.empty(),
                "node-a",
                new DeviceSettings(PermittedGpus.NONE, OptionalInt.of(1), 1, 64L << 20),
                0,
                HistoryDays.STANDARD));
    }

    @Test
    void aLineHasItsTimeBeforeIt() {
        logs.append(run, "attempt 1 begins");

        String[] parts = logs.tail(run, 10).get(0).split(" ", 2);
        assertThat(Instant.parse(parts[0])).isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(parts[1]).isEqualTo("attempt 1 begins");
    }

    @Test
    void theTailIsTheLastLinesOldestFirst() {
        List.of("one", "two", "three").forEach(line -> logs.append(run, line));

        assertThat(logs.tail(run, 2)).hasSize(2).allMatch(line -> line.endsWith("two") || line.endsWith("three"));
        assertThat(logs.tail(RunId.random(), 2)).isEmpty();
    }

    @Test
    void aLineThatCannotBeWrittenIsLostAndTheNextThatCanIsKept() throws IOException {
        Path inTheWay =
                Files.writeString(Files.createDirectories(home.resolve("logs")).resolve("runs"), "no folder");
        logs.append(run, "one");
        Files.delete(inTheWay);
        logs.append(run, "two");

        assertThat(logs.tail(run, 10)).singleElement().asString().endsWith("two");
    }

    @Test
    void aLogThatGrowsTooLargeLosesItsMiddleAndSaysSo() throws IOException {
        String padding = "-".repeat(1000);
        for (int line = 0; line < 2500; line++) {
            logs.append(run, padding + line);
        }

        Path file = home.resolve("logs/runs").resolve(run + ".log");
        assertThat(Files.size(file)).isLessThanOrEqualTo(RunLogs.MOST_BYTES);
        List<String> kept = logs.tail(run, 10_000);
        assertThat(kept.get(0)).endsWith("-0");
        assertThat(kept.get(kept.size() - 1)).endsWith("-2499");
        assertThat(kept).anyMatch(line -> line.endsWith("lines are left out here …"));
    }

    @Test
    void fewEndlessLinesDoNotMakeItLargeEither() throws IOException {
        String endless = "ø".repeat(100_000);
        for (int line = 0; line < 400; line++) {
            logs.append(run, endless);
        }

        assertThat(Files.size(home.resolve("logs/runs").resolve(run + ".log"))).isLessThanOrEqualTo(RunLogs.MOST_BYTES);
    }
}
