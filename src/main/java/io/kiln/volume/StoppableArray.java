package io.kiln.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * An array that is read no further when it is asked to stop: where one call reads much, so that who asked waits for that part alone.
 *
 * @param stopRequested asked before each part is read
 */
public record StoppableArray(ArraySource array, BooleanSupplier stopRequested) implements ArraySource {
    @Override
    public ArrayShape shape() {
        return array.shape();
    }

    @Override
    public ElementType type() {
        return array.type();
    }

    @Override
    public ByteOrder order() {
        return array.order();
    }

    @Override
    public ArrayShape block() {
        return array.block();
    }

    /** @throws CancellationException when it was asked to stop */
    @Override
    public void read(Selection selection, ByteBuffer destination) throws IOException {
        if (stopRequested.getAsBoolean()) {
            throw new CancellationException("reading was stopped");
        }
        array.read(selection, destination);
    }
}
