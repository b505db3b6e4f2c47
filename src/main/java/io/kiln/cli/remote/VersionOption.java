package io.kiln.cli.remote;

import java.util.Optional;
import picocli.CommandLine.Option;

/** The version that an edit is made on. */
final class VersionOption {
    @Option(
            names = "--if-version",
            paramLabel = "NUMBER",
            description = "Only while this is its version still, as it was shown; whatever it is without this.")
    private Integer version;

    /** The ETag to be matched. */
    Optional<String> ifMatch() {
        return Optional.ofNullable(version).map(number -> "\"" + number + "\"");
    }
}
