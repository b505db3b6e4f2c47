package io.kiln.batch;

import java.time.Instant;

/**
 * What somebody has said of an item who looked at its picture.
 *
 * @param by who said it
 */
public record ItemMark(Verdict mark, String by, Instant at) {
    /** What can be said. */
    public enum Verdict {
        GOOD,
        /** the centre is wrong: another try is needed */
        TRY_AGAIN,
        /** nothing more is to be done with it */
        SKIP
    }
}
