package io.kiln.batch;

import io.kiln.pipeline.InputRejectedException;
import io.kiln.text.VisibleName;

/** What people call batches, items and parameter sets. Looked at when it is given: what has such a name from before can still be read, changed and removed. */
final class Names {
    private Names() {}

    /** @throws InputRejectedException when the name has a character that nobody sees */
    static void requireVisible(String subject, String name) {
        VisibleName.problem(subject, name).ifPresent(problem -> {
            throw new InputRejectedException(problem);
        });
    }
}
