package io.kiln.root;

import java.nio.file.Path;
import java.util.List;

/** Data roots without a server. */
public final class TestRoots {
    private TestRoots() {}

    /** One root, and what a service would answer of it. */
    public static DataRoots of(Path folder, DataRoot root) {
        return new DataRoots(List.of(root), folder.resolve("home"));
    }

    public static DataRoot root(Path folder) {
        return new DataRoot(folder, DataRoot.Kind.DATA);
    }
}
