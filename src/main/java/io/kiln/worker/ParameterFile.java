package io.kiln.worker;

import io.kiln.pipeline.ParameterRecord;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the parameters that a caller gives. */
final class ParameterFile {
    private static final String STANDARD_INPUT = "-";

    private ParameterFile() {}

    /**
     * @param given a file's path, {@code -} for standard input, or empty for no parameters
     * @return the parameters; those that name files as absolute paths
     * @throws WorkerFailure when there is no such file, or not a JSON object in it
     */
    static JsonObject read(Optional<String> given, ParameterRecord<?> known) throws IOException {
        JsonObject parameters = given.isPresent() ? object(given.get()) : JsonValue.EMPTY_JSON_OBJECT;
        JsonObjectBuilder absolute = Json.createObjectBuilder(parameters);
        known.files(parameters)
                .forEach((name, file) -> absolute.add(
                        name, Path.of(file).toAbsolutePath().normalize().toString()));
        return absolute.build();
    }

    private static JsonObject object(String given) throws IOException {
        try (InputStream in = given.equals(STANDARD_INPUT) ? System.in : Files.newInputStream(Path.of(given));
                JsonReader json = Json.createReader(in)) {
            return json.readObject();
        } catch (NoSuchFileException e) {
            throw new WorkerFailure(ExitStatus.USAGE, "--parameters " + given + ": there is no such file");
        } catch (JsonException e) {
            throw new WorkerFailure(
                    ExitStatus.PARAMETERS_INVALID, "--parameters " + given + " is no JSON object: " + e.getMessage());
        }
    }
}
