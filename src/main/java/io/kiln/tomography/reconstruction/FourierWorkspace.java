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

    /** The filtered spectra, as {@link RaySpreader.Samples} takes them. */
    private final float[] samples;

    private final SpectrumRows rows;

    FourierWorkspace(FourierReconstructor plan, Team team) {
        this.plan = plan;
        this.team = team;
        transform = FourierTransform.of(plan.grid.cells());
        spectrum = new SpectrumLine(plan.filter);
        buffers = IntStream.range(0, team.threads())
                .mapToObj(i -> new Buffers(plan))
                .toArray(Buffers[]::new);
        samples = new float[Math.toIntExact(samples(plan))];
        rows = new SpectrumRows(plan.grid);
    }

    private static long samples(FourierReconstructor plan) {
        return samples(plan.geometry.projections(), plan.filter.length());
    }

    /**
     * Values of all filtered spectra.
     *
     * @param length of a padded projection
     */
    static long samples(int projections, int length) {
        return (long) projections * (length / 2) * RaySpreader.PARTS;
    }

    static long bytes(FourierReconstructor plan, int threads) {
        return Float.BYTES * samples(plan)
                + SpectrumRows.bytes(plan.grid)
                + SpectrumLine.bytes(plan.filter)
                + threads * Buffers.bytes(plan);
    }

    /** The buffers of one thread of the team. */
    private static final class Buffers {
        final SpectrumLine.Scratch scratch;
        final SpectrumLine.Scratch line;
        final BandSpreader band;
        final SpectrumLine.Scratch right;
        final SpectrumLine.Scratch left;
        final SpectrumLine.Scratch transformed;

        Buffers(FourierReconstructor plan) {
            scratch = new SpectrumLine.Scratch(plan.filter.length());
            line = new SpectrumLine.Scratch(plan.filter.length());
            band = new BandSpreader(plan.grid, plan.rays, plan.table, RaySpreader.FASTEST);
            right = new SpectrumLine.Scratch(plan.grid.cells());
            left = new SpectrumLine.Scratch(plan.grid.cells());
            transformed = new SpectrumLine.Scratch(plan.grid.cells());
        }

        static long bytes(FourierReconstructor plan) {
            return 2 * SpectrumLine.Scratch.bytes(plan.filter.length())
                    + BandSpreader.bytes(plan.grid)
                    + 3 * SpectrumLine.Scratch.bytes(plan.grid.cells());
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
        Buffers own = buffers[thread];
        SpectrumLine.Scratch line = own.line;
        spectrum.compute(
                projection * plan.geometry.width(), plan.weight(projection), own.scratch, line.real, line.imaginary, 0);
        // frequency 0 is spread twice, as its own mirror image
        line.real[0] *= 0.5f;
        line.imaginary[0] *= 0.5f;
        pack(line, projection);
    }

    /** Puts positive and negative frequencies side by side: a ray's right half first, which is that of the negative ones where it is turned. */
    private void pack(SpectrumLine.Scratch line, int projection) {
        int count = plan.rays.samples();
        int begin = projection * count * RaySpreader.PARTS;
        int positive = plan.rays.isTurned(projection) ? 2 : 0;
        put(line, 0, begin + positive);
        put(line, 0, begin + 2 - positive);
        for (int k = 1; k < count; k++) {
            int sample = begin + k * RaySpreader.PARTS;
            put(line, k, sample + positive);
            put(line, 2 * count - k, sample + 2 - positive);
        }
    }

    private void put(SpectrumLine.Scratch line, int k, int sample) {
        samples[sample] = line.real[k];
        samples[sample + 1] = line.imaginary[k];
    }

    private void transformBand(int thread, int index) {
        Buffers own = buffers[thread];
        BandSpreader band = own.band;
        band.spread(index, samples);
        int first = index * plan.grid.bandLines();
        for (int line = first; line < first + plan.grid.bandLines(); line++) {
            transformLine(own, line);
        }
        rows.put(index, band.values(), band.begin(first), band.stride());
        int half = plan.grid.half();
        if (band.end() > half) {
            transformLine(own, half);
            rows.putHighest(band.values(), band.begin(half));
        }
    }

    /**
     * Transforms both halves of a line and puts their part inside the slice in its place, lowest row first: {@code width} real parts and as many imaginary ones
     * of the right half, then of the left.
     */
    private void transformLine(Buffers own, int line) {
        BandSpreader band = own.band;
        band.take(line, own.right.real, own.right.imaginary, own.left.real, own.left.imaginary);
        int begin = band.begin(line);
        transformHalf(own.right, own.transformed, band.values(), begin);
        transformHalf(own.left, own.transformed, band.values(), begin + 2 * plan.grid.width());
    }

    private void transformHalf(SpectrumLine.Scratch from, SpectrumLine.Scratch scratch, float[] to, int begin) {
        transform.inverse(from.real, from.imaginary, 0, scratch.real, scratch.imaginary, 0);
        crop(scratch.real, to, begin);
        crop(scratch.imaginary, to, begin + plan.grid.width());
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

    private void finishRow(Buffers own, int row, Slice first, Slice second) {
        int width = plan.grid.width();
        SpectrumLine.Scratch spectrum = own.right;
        SpectrumLine.Scratch line = own.transformed;
        rows.row(row, spectrum.real, spectrum.imaginary);
        transform.inverse(spectrum.real, spectrum.imaginary, 0, line.real, line.imaginary, 0);
        int target = (width - 1 - row) * width;
        int above = plan.grid.lowest() + row;
        write(line.real, first, target, above);
        if (second != null) {
            write(line.imaginary, second, target, above);
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
