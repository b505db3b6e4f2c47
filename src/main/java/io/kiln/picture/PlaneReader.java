package io.kiln.picture;

import io.kiln.pipeline.InputRejectedException;
import io.kiln.volume.ArrayShape;
import io.kiln.volume.ArraySource;
import io.kiln.volume.ElementType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.stream.IntStream;

/** Reads a picture of an array, few rows at a time, and makes it smaller on the way: a pixel is the mean of the finite values of its rectangle. */
final class PlaneReader {
    private static final int BAND_BYTES = 8 << 20;

    private final ArraySource array;
    private final PlaneRequest request;
    private final Region region;
    private final Sampling sampling;
    private final RowCorrection correction;

    /** @throws InputRejectedException when the array has no such picture */
    PlaneReader(ArraySource array, PlaneRequest request, RowCorrection correction) {
        this.array = array;
        this.request = request;
        this.correction = correction;
        ArrayShape shape = array.shape();
        int extent = request.axis().extent(shape);
        if (request.index() < 0 || request.index() >= extent) {
            throw new InputRejectedException("index is " + request.index() + ", but must be from 0 to " + (extent - 1));
        }
        int columns = request.axis().columns(shape);
        int rows = request.axis().rows(shape);
        this.region = request.region().orElseGet(() -> new Region(0, 0, columns, rows));
        region.checkWithin(columns, rows);
        this.sampling = Sampling.of(array, request.axis(), region, request.size());
    }

    Plane read() throws IOException {
        int width = (int) Sampling.parts(region.width(), sampling.columnsPerPixel());
        int height = (int) Sampling.parts(region.height(), sampling.rowsPerPixel());
        int[] columns = indices(region.x(), region.x() + region.width(), sampling.columnStep());
        PlaneMeans means = new PlaneMeans(width, height, columns.length, sampling);
        int band = bandRows(columns.length);
        for (int row = 0; row < region.height(); row += band) {
            int to = Math.min(region.height(), row + band);
            readBand(row, indices(region.y() + row, region.y() + to, sampling.rowStep()), columns, means);
        }
        return new Plane(width, height, sampling.rowsPerPixel(), sampling.columnsPerPixel(), means.values());
    }

    private void readBand(int firstRow, int[] rows, int[] columns, PlaneMeans means) throws IOException {
        ElementType type = array.type();
        ByteBuffer stored = ByteBuffer.allocate(Math.multiplyExact(rows.length * columns.length, type.bytes()))
                .order(array.order());
        array.read(request.axis().selection(request.index(), rows, columns), stored);
        float[] values = new float[columns.length];
        for (int i = 0; i < rows.length; i++) {
            type.toFloat(stored, i * columns.length, columns.length, values, 0);
            correction.apply(request, rows[i], columns, values);
            means.add((firstRow + i * sampling.rowStep()) / sampling.rowsPerPixel(), values);
        }
    }

    /** Whole pixels, and whole blocks where the array is decoded in blocks. */
    private int bandRows(int columns) {
        ArrayShape block = array.block();
        int blockRows = request.axis() == Axis.FIRST ? block.second() : block.first();
        long rows = BAND_BYTES / ((long) columns * array.type().bytes()) * sampling.rowStep();
        long most = Math.max(1, Math.max(rows, blockRows));
        return (int) Math.min(region.height(), Sampling.parts(most, sampling.rowsPerPixel()) * sampling.rowsPerPixel());
    }

    private static int[] indices(int from, int to, int step) {
        return IntStream.iterate(from, index -> index < to, index -> index + step)
                .toArray();
    }
}
