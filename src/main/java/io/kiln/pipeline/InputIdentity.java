package io.kiln.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What tells that an input file is still the same one: its size and its time of last modification.
 *
 * @param modified to the microsecond: databases keep no more
 */
public record InputIdentity(long bytes, Instant modified) {
    public InputIdentity {
        modified = modified.truncatedTo(ChronoUnit.MICROS);
    }

    public static InputIdentity of(Path file) throws IOException {
        return new InputIdentity(
                Files.size(file), Files.getLastModifiedTime(file).toInstant());
    }
}
