package io.kiln.notification;

/** What somebody may want to be told. */
public enum Occasion {
    /** No run of the batch is queued or active any more. */
    BATCH_ENDED,

    /** A run of the batch has failed, the first since the batch was last at rest. */
    FIRST_FAILURE,

    /** A run of the batch makes no progress for longer than its pace explains. */
    STALLED
}
