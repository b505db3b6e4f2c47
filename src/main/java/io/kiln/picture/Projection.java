package io.kiln.picture;

import io.kiln.pipeline.InputRejectedException;
import io.kiln.volume.ArrayShape;
import io.kiln.volume.ArraySource;
import io.kiln.volume.Durable;
import io.kiln.volume.Selection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.time.Instant;

/** Computes the projections of a stack along its first axis, all kinds in one pass, holding a few images' worth of memory however many there are. */
public final class Projection {
    /** Of which the sums take 32 bytes each. */
    private static final int BAND_PIXELS = 1 << 20;
    /** Images that are decoded as a whole are not decoded again for each band, up to this size. */
    private static final int WHOLE_PIXELS = 6 << 20;

    private static final Duration LONGEST = Duration.ofMinutes(15);

    /** Hears how far a projection is. */
    @FunctionalInterface
    public interface Progress {
        /** @throws java.util.concurrent.CancellationException when it is not wanted any more */
        void tell(long done, long total);
    }

    private final ArraySource array;
    private final Progress progress;
    private final Instant end = Instant.now().plus(LONGEST);

    Projection(ArraySource array, Progress progress) {
        this.array = array;
        this.progress = progress;
    }

    /** Shape of what is written: kinds, rows and columns. */
    static ArrayShape shape(ArraySource array) {
        return new ArrayShape(
                ProjectionKind.values().length,
                array.shape().second(),
                array.shape().third());
    }

    /** Writes all kinds, as 32-bit floats, little-endian, in the order of the {@link ProjectionKind}s. */
    void write(FileChannel channel) throws IOException {
        ArrayShape shape = array.shape();
        int band = bandRows();
        long total = Sampling.parts(shape.second(), band) * shape.first();
        long done = 0;
        for (int row = 0; row < shape.second(); row += band) {
            int[] rows = Selection.range(row, Math.min(shape.second(), row + band));
            StackSums sums = new StackSums(rows.length * shape.third());
            done = gather(rows, sums, done, total);
            for (ProjectionKind kind : ProjectionKind.values()) {
                long first = ((long) kind.ordinal() * shape.second() + row) * shape.third();
                Durable.write(channel, values(kind, sums, rows.length * shape.third()), 4 * first);
            }
        }
    }

    private long gather(int[] rows, StackSums sums, long before, long total) throws IOException {
        int columns = array.shape().third();
        float[] values = new float[rows.length * columns];
        ByteBuffer stored =
                ByteBuffer.allocate(values.length * array.type().bytes()).order(array.order());
        long done = before;
        for (int image = 0; image < array.shape().first(); image++) {
            if (Instant.now().isAfter(end)) {
                throw new InputRejectedException("the projections take longer than " + LONGEST.toMinutes()
                        + " minutes (" + done + " of " + total + " parts are done): make them of a smaller stack");
            }
            array.read(new Selection(new int[] {image}, rows, 0, columns), stored.clear());
            array.type().toFloat(stored, 0, values.length, values, 0);
            sums.add(values);
            progress.tell(++done, total);
        }
        return done;
    }

    private int bandRows() {
        ArrayShape shape = array.shape();
        boolean isDecodedWhole = array.block().second() > 1 && (long) shape.second() * shape.third() <= WHOLE_PIXELS;
        return isDecodedWhole ? shape.second() : Math.max(1, Math.min(shape.second(), BAND_PIXELS / shape.third()));
    }

    private static ByteBuffer values(ProjectionKind kind, StackSums sums, int pixels) {
        ByteBuffer values = ByteBuffer.allocate(4 * pixels).order(ByteOrder.LITTLE_ENDIAN);
        for (int pixel = 0; pixel < pixels; pixel++) {
            values.putFloat(sums.value(kind, pixel));
        }
        return values.flip();
    }
}
