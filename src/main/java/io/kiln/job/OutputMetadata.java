package io.kiln.job;

import io.kiln.pipeline.OutputName;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells by the metadata beside it whether an output is Kiln's. */
public final class OutputMetadata {
    /** How long after the metadata are written they may get their name, which changes the folder; nobody takes images away meanwhile. */
    private static final Duration COMPLETING = Duration.ofSeconds(2);

    /** Metadata and preview. */
    private static final int BESIDE_IMAGES = 2;

    private OutputMetadata() {}

    /** The run that made this output; empty where there is none, or none that Kiln made. */
    public static Optional<RunId> run(Path outputFolder, OutputName output) throws IOException {
        return Files.exists(outputFolder.resolve(output.path()))
                ? run(outputFolder.resolve(output.metadataPath()))
                : Optional.empty();
    }

    /**
     * Whether nothing has been taken away from an output that has metadata. A folder that was not changed after its metadata were written, with which an output is
     * completed, is not listed: it may hold thousands of images.
     *
     * @param images how many were put into it
     */
    public static boolean isWhole(Path outputFolder, OutputName output, int images) throws IOException {
        Path place = outputFolder.resolve(output.path());
        if (output.form() == OutputName.Form.FILE) {
            return Files.size(place) > 0;
        }
        Instant completed = modified(outputFolder.resolve(output.metadataPath()));
        return !modified(place).isAfter(completed.plus(COMPLETING)) || hasFiles(place, images + BESIDE_IMAGES);
    }

    private static Instant modified(Path path) throws IOException {
        return Files.getLastModifiedTime(path).toInstant();
    }

    private static boolean hasFiles(Path folder, int count) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.limit(count).count() == count;
        }
    }

    /** The run that a metadata file names; empty where it names none or does not exist. */
    static Optional<RunId> run(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file);
                JsonReader json = Json.createReader(in)) {
            return named(json.readObject());
        } catch (JsonException | IllegalArgumentException foreign) {
            return Optional.empty();
        }
    }

    private static Optional<RunId> named(JsonObject metadata) {
        return metadata.get("run") instanceof JsonObject run && run.get("id") instanceof JsonString id
                ? Optional.of(RunId.parse(id.getString()))
                : Optional.empty();
    }
}
