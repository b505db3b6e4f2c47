package io.kiln.root;

import io.kiln.pipeline.InputRejectedException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A path lies in no data root. */
public class OutsideRootsException extends InputRejectedException {
    public OutsideRootsException(Path path, List<Path> roots) {
        super("'" + path + "' lies in no data root; the roots are "
                + (roots.isEmpty() ? "none" : roots.stream().map(Path::toString).collect(Collectors.joining(", ")))
                + ". Move it there, or have an admin add its folder as a root");
    }
}
