package io.kiln.root;

/** A data root cannot be removed, because batches, items or runs refer to it. */
public class RootInUseException extends RuntimeException {
    RootInUseException(DataRoot root) {
        super("data root " + root.id() + " (" + root.path()
                + ") has items, outputs or runs of batches; delete those batches first, or move the root");
    }
}
