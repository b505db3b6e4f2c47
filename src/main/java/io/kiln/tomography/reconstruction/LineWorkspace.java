package io.kiln.tomography.reconstruction;

import java.util.Arrays;
import java.util.stream.IntStream;

/** The two passes of {@link LineReconstructor} over one pair of slices: projections are filtered, then summed up along the lines through each pixel. */
final class LineWorkspace implements Workspace {
    /** Rows that take one projection after the other together: they share its values while these are in the processor's cache. */
    private static final int BLOCK_ROWS = 8;

    /** Binary digits behind the point of a place on the detector; the upper ones of them weigh its two neighbours. */
    private static final int FRACTION_BITS = 32;

    private static final int WEIGHT_BITS = 24;
    private static final float WEIGHT_UNIT = 1f / (1 << WEIGHT_BITS);

    private final LineReconstructor plan;
    private final Team team;
    private final SpectrumLine spectrum;
    private final Buffers[] buffers;

    /** Filtered projections, both slices' values in turn, from {@link #lowest} columns right of the axis on. */
    private final float[] filtered;

    private final int lowest;
    private final int columns;

    LineWorkspace(LineReconstructor plan, Team team) {
        this.plan = plan;
        this.team = team;
        spectrum = new SpectrumLine(plan.filter);
        buffers = IntStream.range(0, team.threads())
                .mapToObj(i -> new Buffers(plan))
                .toArray(Buffers[]::new);
        lowest = -plan.geometry.width() / 2 - 1;
        columns = columns(plan.geometry.width());
        filtered = new float[Math.toIntExact(filtered(plan))];
    }

    /** The circle's diameter, a column for interpolation on either side and one for an odd width. */
    private static int columns(int width) {
        return width + 4;
    }

    private static long filtered(LineReconstructor plan) {
        return filtered(plan.geometry.projections(), plan.geometry.width());
    }

    /** Values of all filtered projections. */
    static long filtered(int projections, int width) {
        return 2L * projections * columns(width);
    }

    static long bytes(LineReconstructor plan, int threads) {
        return Float.BYTES * filtered(plan) + SpectrumLine.bytes(plan.filter) + threads * Buffers.bytes(plan);
    }

    /** The buffers of one thread of the team. */
    private static final class Buffers {
        final SpectrumLine.Scratch line;
        final SpectrumLine.Scratch other;
        final float[] firstRows;
        final float[] secondRows;

        Buffers(LineReconstructor plan) {
            line = new SpectrumLine.Scratch(plan.filter.length());
            other = new SpectrumLine.Scratch(plan.filter.length());
            firstRows = new float[BLOCK_ROWS * plan.geometry.width()];
            secondRows = new float[BLOCK_ROWS * plan.geometry.width()];
        }

        static long bytes(LineReconstructor plan) {
            return 2 * SpectrumLine.Scratch.bytes(plan.filter.length())
                    + 2L * Float.BYTES * BLOCK_ROWS * plan.geometry.width();
        }
    }

    @Override
    public void reconstruct(Sinogram first, Sinogram second, Slice firstSlice, Slice secondSlice) {
        plan.geometry.check(first, second, firstSlice, secondSlice);
        spectrum.prepare(first, second);
        team.each(plan.geometry.projections(), (thread, projection) -> filter(buffers[thread], projection));
        spectrum.release();
        int blocks = (plan.geometry.width() + BLOCK_ROWS - 1) / BLOCK_ROWS;
        team.each(blocks, (thread, block) -> project(buffers[thread], block * BLOCK_ROWS, firstSlice, secondSlice));
    }

    private void filter(Buffers own, int projection) {
        SpectrumLine.Scratch line = own.line;
        SpectrumLine.Scratch other = own.other;
        spectrum.compute(
                projection * plan.geometry.width(), plan.weights[projection], line, other.real, other.imaginary, 0);
        plan.filter.transform().inverse(other.real, other.imaginary, 0, line.real, line.imaginary, 0);
        int mask = plan.filter.length() - 1;
        int target = projection * 2 * columns;
        for (int i = 0; i < columns; i++) {
            filtered[target + 2 * i] = line.real[lowest + i & mask];
            filtered[target + 2 * i + 1] = line.imaginary[lowest + i & mask];
        }
    }

    private void project(Buffers own, int top, Slice first, Slice second) {
        int width = plan.geometry.width();
        int rows = Math.min(BLOCK_ROWS, width - top);
        Arrays.fill(own.firstRows, 0);
        Arrays.fill(own.secondRows, 0);
        for (int projection = 0; projection < plan.geometry.projections(); projection++) {
            double angle = plan.geometry.angle(projection);
            long right = fixed(StrictMath.cos(angle));
            long up = fixed(StrictMath.sin(angle));
            for (int row = 0; row < rows; row++) {
                addRow(own, row, width / 2 - top - row, projection * 2 * columns, right, up);
            }
        }
        System.arraycopy(own.firstRows, 0, first.values(), first.offset() + top * width, rows * width);
        if (second != null) {
            System.arraycopy(own.secondRows, 0, second.values(), second.offset() + top * width, rows * width);
        }
    }

    private static long fixed(double value) {
        return StrictMath.round(value * (1L << FRACTION_BITS));
    }

    private void addRow(Buffers own, int row, int above, int projection, long right, long up) {
        int start = plan.circle.start(above);
        int end = plan.circle.end(above);
        int target = row * plan.geometry.width();
        float[] firstRow = own.firstRows;
        float[] secondRow = own.secondRows;
        float[] values = filtered;
        long place = above * up + (start - plan.circle.center()) * right - ((long) lowest << FRACTION_BITS);
        for (int x = start; x < end; x++) {
            int at = projection + 2 * (int) (place >> FRACTION_BITS);
            float weight = ((int) place >>> FRACTION_BITS - WEIGHT_BITS) * WEIGHT_UNIT;
            float first = values[at];
            float second = values[at + 1];
            firstRow[target + x] += first + weight * (values[at + 2] - first);
            secondRow[target + x] += second + weight * (values[at + 3] - second);
            place += right;
        }
    }
}
