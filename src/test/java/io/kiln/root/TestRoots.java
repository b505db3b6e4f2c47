package io.kiln.root;

import java.nio.file.Path;
import java.util.List;

/** Data roots without a server. */
public final class TestRoots {
    private TestRoots() {}

    /** What a service would answer of these roots. */
    public static DataRoots of(Path folder, DataRoot... roots) {
        return new DataRoots(List.of(roots), folder.resolve("home"));
    }

    public static DataRoot root(Path folder) {
        return new DataRoot(folder, DataRoot.Kind.DATA);
    }
}
