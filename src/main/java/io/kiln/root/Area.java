package io.kiln.root;

import java.nio.file.Path;

/** Which of the two folders of a root R a place is in. */
public enum Area {
    /** R itself */
    INSIDE,
    /** R_rec, which R grants for output */
    BESIDE;

    /** The folder of this area of a root. */
    public Path folder(Path root) {
        return this == INSIDE ? root : root.resolveSibling(root.getFileName() + "_rec");
    }
}
