package io.kiln.tomography.center;

import io.kiln.device.cpu.CpuThreads;
import io.kiln.pipeline.InputRejectedException;
import io.kiln.pipeline.UnreadableInputException;
import io.kiln.tomography.preprocessing.Correction;
import io.kiln.tomography.preprocessing.DetectorRegion;
import io.kiln.tomography.preprocessing.ReadableRows;
import io.kiln.tomography.preprocessing.ReferenceFields;
import io.kiln.tomography.preprocessing.SinogramPreparation;
import io.kiln.tomography.scan.Scan;
import io.kiln.tomography.scan.ScanReader;
import io.kiln.tomography.scan.ScanWindow;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Finds the axis of rotation of a scan by Vo's method on the mean of neighbouring detector rows, and by phase correlation of opposite projections. Works on
 * unbinned pixels.
 */
public final class CenterSearch {
    private static final int NEIGHBOURS = 5;
    private static final int FARTHEST = 256;
    private static final int CORRELATED_ROWS = 64;
    private static final double OPPOSITE_WITHIN_DEGREES = 2.5;

    private final Scan scan;
    private final ReferenceFields fields;
    private final Correction correction;
    private final int[] projections;
    private final double[] degrees;
    private final float[] progress;

    /**
     * @param fields of the region to search in
     * @param projections numbers of the projections that are used
     * @param degrees their angles
     * @param progress how far the scan had come at each of them, 0 to 1
     */
    public CenterSearch(
            Scan scan,
            ReferenceFields fields,
            Correction correction,
            int[] projections,
            double[] degrees,
            float[] progress) {
        this.scan = scan;
        this.fields = fields;
        this.correction = correction.unbinned();
        this.projections = projections.clone();
        this.degrees = degrees.clone();
        this.progress = progress.clone();
    }

    /**
     * What the search takes of the heap whatever it is allowed: a sinogram, and its smoothing along either direction.
     *
     * @param projections how many are used
     * @param region that is searched in
     */
    public static long leastBytes(int projections, DetectorRegion region) {
        return 3L * Float.BYTES * projections * region.columns();
    }

    /**
     * Searches.
     *
     * @param row middle of the rows that Vo's method looks at, on the whole detector
     * @param width pixels to either side of the region's middle where the search begins
     * @param memoryBytes what the search may take; with one thread it works in any case
     * @return columns counted from the region's first one
     * @throws InputRejectedException when the projections cover less than half a turn, or no pixel near the row is usable
     * @throws java.util.concurrent.CancellationException when the stop was requested
     */
    public CenterEstimate find(
            int row, double width, CpuThreads threads, long memoryBytes, BooleanSupplier stopRequested)
            throws IOException, InterruptedException {
        HalfTurn sinogram = HalfTurn.of(meanSinogram(row), fields.region().columns(), degrees);
        Optional<PhasePeak> peak = phaseCorrelation();
        OptionalDouble hint = peak.filter(PhasePeak::isDistinct).stream()
                .mapToDouble(PhasePeak::column)
                .findFirst();
        VoSearch.Result vo = new VoSearch(threads, memoryBytes, stopRequested).find(sinogram, width, hint);
        return CenterEstimate.of(vo.column(), vo.atEnd(), peak);
    }

    private float[] meanSinogram(int row) throws IOException {
        DetectorRegion region = fields.region();
        float[] sum = new float[projections.length * region.columns()];
        int from = Math.max(region.fromRow(), row - NEIGHBOURS);
        int to = Math.min(region.toRow(), row + NEIGHBOURS + 1);
        Rows rows = new Rows(projections, progress, to - from);
        int found = rows.nearest(row, to - from, FARTHEST, sinogram -> {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += sinogram[i];
            }
        });
        if (found == 0) {
            throw new InputRejectedException("no pixel within " + FARTHEST + " rows of row " + row
                    + " can be used to search the centre: set rotationAxisSearchRow to where the beam reaches the detector,"
                    + " or give rotationAxis");
        }
        for (int i = 0; i < sum.length; i++) {
            sum[i] /= found;
        }
        return sum;
    }

    private Optional<PhasePeak> phaseCorrelation() throws IOException {
        int[] pair = opposite();
        if (pair.length == 0) {
            return Optional.empty();
        }
        int[] numbers = Arrays.stream(pair).map(i -> projections[i]).toArray();
        Rows rows = new Rows(numbers, new float[] {progress[pair[0]], progress[pair[1]]}, 1);
        DetectorRegion region = fields.region();
        PhaseCorrelation correlation = new PhaseCorrelation(region.columns());
        int count = Math.min(CORRELATED_ROWS, region.rows());
        for (int i = 0; i < count; i++) {
            int row = region.fromRow() + (int) ((i + 0.5) * region.rows() / count);
            try {
                rows.nearest(row, 1, 0, sinogram -> correlation.add(sinogram, 0, sinogram, region.columns()));
            } catch (UnreadableInputException damaged) {
                // the other rows tell as much
                continue;
            }
        }
        return correlation.peak();
    }

    /** Positions of the two projections that are most nearly half a turn apart, ascending; empty where there are none. */
    private int[] opposite() {
        double best = OPPOSITE_WITHIN_DEGREES;
        int[] pair = {};
        for (int i = 0; i < degrees.length; i++) {
            for (int j = i + 1; j < degrees.length; j++) {
                double away = Math.abs(Math.abs(degrees[j] - degrees[i]) - 180);
                if (away < best) {
                    best = away;
                    pair = new int[] {i, j};
                }
            }
        }
        return pair;
    }

    /** Detector rows of some projections, one after the other in the same buffers. */
    private final class Rows {
        private final ReadableRows rows;
        private final SinogramPreparation preparation;
        private final float[] sinogram;

        /** @param most rows that are wanted of one place */
        Rows(int[] numbers, float[] along, int most) {
            DetectorRegion region = fields.region();
            ScanReader reader = scan.reader(new ScanWindow(numbers, region.fromColumn(), region.toColumn()));
            rows = new ReadableRows(region, reader, most);
            preparation = new SinogramPreparation(fields, correction, along);
            sinogram = new float[numbers.length * region.columns()];
        }

        /** Those around a row that can be read and have a usable pixel, so many; returns how many there are. */
        int nearest(int middle, int wanted, int farthest, Consumer<float[]> use) throws IOException {
            return rows.nearest(middle, wanted, farthest, (slab, row) -> {
                boolean hasLight = preparation.prepare(row - fields.region().fromRow(), slab, sinogram, new float[0]);
                if (hasLight) {
                    use.accept(sinogram);
                }
                return hasLight;
            });
        }
    }
}
