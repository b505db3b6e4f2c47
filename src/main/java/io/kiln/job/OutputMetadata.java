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
import java.util.Optional;

/** Tells by the metadata beside it whether an output is Kiln's. */
public final class OutputMetadata {
    private OutputMetadata() {}

    /** The run that made this output; empty where there is none, or none that Kiln made. */
    public static Optional<RunId> run(Path outputFolder, OutputName output) throws IOException {
        return Files.exists(outputFolder.resolve(output.path()))
                ? run(outputFolder.resolve(output.metadataPath()))
                : Optional.empty();
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
