package io.kiln.job;

import io.kiln.pipeline.UnreadableInputException;

/** The input of one slab cannot be read; says which. */
class UnreadableSlabException extends UnreadableInputException {
    private final transient Slab<?> slab;

    UnreadableSlabException(Slab<?> slab, UnreadableInputException cause) {
        super(cause.getMessage(), cause);
        this.slab = slab;
    }

    Slab<?> slab() {
        return slab;
    }
}
