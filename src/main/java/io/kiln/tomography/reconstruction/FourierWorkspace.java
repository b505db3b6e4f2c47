package io.kiln.tomography.reconstruction;

import io.kiln.numeric.FourierTransform;
import java.util.Arrays;
import java.util.stream.IntStream;

/** The three passes of {@link FourierReconstructor} over one pair of slices: projections, bands of the spectrum, rows of the slices. */
final class FourierWorkspace implements Workspace {
    private final FourierReconstructor plan;
    private final Team team;
    private final FourierTransform transform;
    private final SpectrumLine spectrum;
    private final Buffers[] buffers;
    private final float[] samplesReal;
    private final float[] samplesImaginary;

    /** The spectrum after its vertical transform: the slices' rows from the lowest up, horizontal frequencies from −cells/2 up. */
    private final float[] rowsReal;

    private final float[] rowsImaginary;

    FourierWorkspace(FourierReconstructor plan, Team team) {
        this.plan = plan;
        this.team = team;
        transform = FourierTransform.of(plan.grid.cells());
        spectrum = new SpectrumLine(plan.filter);
        buffers = IntStream.range(0, team.threads())
                .mapToObj(i -> new Buffers(plan))
                .toArray(Buffers[]::new);
        samplesReal = new float[samples(plan)];
        samplesImaginary = new float[samples(plan)];
        rowsReal = new float[rows(plan)];
        rowsImaginary = new float[rows(plan)];
    }

    private static int samples(FourierReconstructor plan) {
        return Math.multiplyExact(plan.geometry.projections(), plan.filter.length());
    }

    private static int rows(FourierReconstructor plan) {
        return Math.multiplyExact(plan.geometry.width(), plan.grid.cells());
    }

    static long bytes(FourierReconstructor plan, int threads) {
        return 2L * Float.BYTES * samples(plan)
                + 2L * Float.BYTES * rows(plan)
                + SpectrumLine.bytes(plan.filter)
                + threads * Buffers.bytes(plan);
    }

    /** The buffers of one thread of the team. */
    private static final class Buffers {
        final SpectrumLine.Scratch line;
        final BandSpreader band;
        final float[] real;
        final float[] imaginary;

        Buffers(FourierReconstructor plan) {
            line = new SpectrumLine.Scratch(plan.filter.length());
            band = new BandSpreader(plan.grid, plan.rays, plan.table);
            real = new float[plan.grid.cells()];
            imaginary = new float[plan.grid.cells()];
        }

        static long bytes(FourierReconstructor plan) {
            return SpectrumLine.Scratch.bytes(plan.filter.length())
                    + BandSpreader.bytes(plan.grid)
                    + 2L * Float.BYTES * plan.grid.cells();
        }
    }

    @Override
    public void reconstruct(Sinogram first, Sinogram second, Slice firstSlice, Slice secondSlice) {
        plan.geometry.check(first, second, firstSlice, secondSlice);
        spectrum.prepare(first, second);
        team.each(plan.geometry.projections(), this::filter);
        spectrum.release();
        team.each(plan.grid.bands(), this::transformBand);
        team.each(plan.geometry.width(), (thread, row) -> finishRow(buffers[thread], row, firstSlice, secondSlice));
    }

    private void filter(int thread, int projection) {
        int length = plan.filter.length();
        int offset = projection * length;
        spectrum.compute(
                projection * plan.geometry.width(),
                plan.weight(projection),
                buffers[thread].line,
                samplesReal,
                samplesImaginary,
                offset);
        // frequency 0 is spread twice, as its own mirror image
        samplesReal[offset] *= 0.5f;
        samplesImaginary[offset] *= 0.5f;
    }

    private void transformBand(int thread, int index) {
        Buffers own = buffers[thread];
        BandSpreader band = own.band;
        band.spread(index, samplesReal, samplesImaginary);
        int half = plan.grid.half();
        int from = Math.max(0, band.start());
        int to = Math.min(half, band.end());
        for (int line = from; line < to; line++) {
            transformLine(own, line, false);
            transformLine(own, line, true);
        }
        scatterColumns(band, from, to, false);
        scatterColumns(band, Math.max(1, from), to, true);
        if (band.end() > half) {
            transformLine(own, half, false);
            copyColumn(band, half, 0);
        }
    }

    /** Transforms a line in place and keeps its part inside the slice, lowest row first. */
    private void transformLine(Buffers own, int line, boolean left) {
        float[] real = own.band.real(left);
        float[] imaginary = own.band.imaginary(left);
        int begin = own.band.begin(line);
        own.band.foldMargins(real, begin);
        own.band.foldMargins(imaginary, begin);
        transform.inverse(real, imaginary, begin, own.real, own.imaginary, 0);
        crop(own.real, real, begin);
        crop(own.imaginary, imaginary, begin);
    }

    /** Copies the corrected values of distances {@code lowest} … from where the transform left them: negative ones at its end. */
    private void crop(float[] from, float[] to, int begin) {
        int lowest = plan.grid.lowest();
        int cells = plan.grid.cells();
        for (int i = 0; i < -lowest; i++) {
            to[begin + i] = from[cells + lowest + i] * plan.correction(lowest + i);
        }
        for (int i = -lowest; i < plan.grid.width(); i++) {
            to[begin + i] = from[lowest + i] * plan.correction(lowest + i);
        }
    }

    private void scatterColumns(BandSpreader band, int from, int to, boolean left) {
        int cells = plan.grid.cells();
        int half = plan.grid.half();
        int sign = left ? -1 : 1;
        float[] real = band.real(left);
        float[] imaginary = band.imaginary(left);
        for (int row = 0; row < plan.grid.width(); row++) {
            int at = row * cells + half;
            for (int line = from; line < to; line++) {
                rowsReal[at + sign * line] = real[band.begin(line) + row];
            }
            for (int line = from; line < to; line++) {
                rowsImaginary[at + sign * line] = imaginary[band.begin(line) + row];
            }
        }
    }

    private void copyColumn(BandSpreader band, int line, int column) {
        int begin = band.begin(line);
        for (int row = 0; row < plan.grid.width(); row++) {
            rowsReal[row * plan.grid.cells() + column] = band.real(false)[begin + row];
            rowsImaginary[row * plan.grid.cells() + column] = band.imaginary(false)[begin + row];
        }
    }

    private void finishRow(Buffers own, int row, Slice first, Slice second) {
        int cells = plan.grid.cells();
        int width = plan.grid.width();
        transform.inverse(rowsReal, rowsImaginary, row * cells, own.real, own.imaginary, 0);
        int target = (width - 1 - row) * width;
        int above = plan.grid.lowest() + row;
        write(own.real, first, target, above);
        if (second != null) {
            write(own.imaginary, second, target, above);
        }
    }

    private void write(float[] values, Slice slice, int target, int above) {
        int width = plan.grid.width();
        int center = plan.circle.center();
        int begin = slice.offset() + target;
        int start = plan.circle.start(above);
        int end = plan.circle.end(above);
        float[] out = slice.values();
        Arrays.fill(out, begin, begin + start, 0);
        for (int i = start; i < center; i++) {
            out[begin + i] = values[plan.grid.cells() + i - center] * plan.correction(i - center);
        }
        for (int i = center; i < end; i++) {
            out[begin + i] = values[i - center] * plan.correction(i - center);
        }
        Arrays.fill(out, begin + end, begin + width, 0);
    }
}
