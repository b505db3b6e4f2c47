package io.kiln.root;

import java.nio.file.Path;

/**
 * A place in a data root. It stays right when the root moves.
 *
 * @param path relative to the area, with forward slashes; empty for the area itself
 */
public record Location(RootId root, Area area, String path) {
    public Location {
        if (path.startsWith("/") || Path.of(path).normalize().startsWith("..")) {
            throw new IllegalArgumentException("'" + path + "' leaves its data root");
        }
    }

    public Location resolve(String child) {
        return new Location(root, area, path.isEmpty() ? child : path + "/" + child);
    }
}
