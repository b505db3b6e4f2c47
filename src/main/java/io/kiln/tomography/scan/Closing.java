package io.kiln.tomography.scan;

import java.io.IOException;
import java.util.List;

/** Closing several things, all of them even when some cannot be closed. */
final class Closing {
    private Closing() {}

    static void all(List<? extends AutoCloseable> open) throws IOException {
        IOException failure = null;
        for (AutoCloseable one : open) {
            try {
                one.close();
            } catch (Exception notClosed) {
                if (failure == null) {
                    failure = new IOException("cannot close " + one, notClosed);
                } else {
                    failure.addSuppressed(notClosed);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
