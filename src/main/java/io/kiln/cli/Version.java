package io.kiln.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version of this Kiln, from the manifest of its archive. */
public final class Version implements IVersionProvider {
    /** Returns the version, or {@code development} for classes outside an archive. */
    public static String current() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"kiln " + current(), "Java " + Runtime.version()};
    }
}
