package io.kiln.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.device.DeviceId;
import io.kiln.pipeline.FileIdentity;
import io.kiln.pipeline.InputIdentity;
import io.kiln.pipeline.OutputName;
import io.kiln.pipeline.PipelineName;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimingFilesTest {
    @TempDir
    Path folder;

    private TimingFiles files(Path workFolder) {
        return new TimingFiles(new Assignment(
                new Attempt(RunId.random(), 1),
                new PipelineName("arithmetic"),
                folder.resolve("scan"),
                new InputIdentity(new FileIdentity(1, Instant.EPOCH), Map.of()),
                JsonValue.EMPTY_JSON_OBJECT,
                List.of(new DeviceId("cpu0")),
                new Placement(workFolder, folder, new OutputName("scan_rec", OutputName.Form.FOLDER), false),
                JsonValue.EMPTY_JSON_OBJECT));
    }

    private static JsonObject seconds(int seconds) {
        return Json.createObjectBuilder().add("elapsedSeconds", seconds).build();
    }

    @Test
    void ofEachAttemptTheLastThatWasKeptIsReadInTheOrderOfAttempts() throws IOException {
        TimingFiles files = files(folder);
        files.keep(10, seconds(3));
        files.keep(2, seconds(1));
        files.keep(2, seconds(7));
        Files.writeString(folder.resolve("timings/11.new"), "{\"elapsed");
        Files.writeString(folder.resolve("timings/12.json"), "");
        Files.writeString(folder.resolve("timings/13.json"), "\0\0\0\0");

        assertThat(files.all())
                .extracting(one -> one.getInt("attempt") + ": " + one.getInt("elapsedSeconds"))
                .containsExactly("2: 7", "10: 3");
    }

    @Test
    void nothingIsKeptWhereTheRunWasPublishedByAnother() throws IOException {
        Path gone = folder.resolve("gone");
        files(gone).keep(1, seconds(1));

        assertThat(gone).doesNotExist();
        assertThat(files(gone).all()).isEmpty();
    }
}
