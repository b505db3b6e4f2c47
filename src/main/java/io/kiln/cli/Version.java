package io.kiln.cli;

import io.kiln.KilnVersion;
import picocli.CommandLine.IVersionProvider;

/** What {@code kiln --version} prints. */
public final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"kiln " + KilnVersion.current(), "Java " + Runtime.version()};
    }
}
