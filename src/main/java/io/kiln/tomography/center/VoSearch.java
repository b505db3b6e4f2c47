package io.kiln.tomography.center;

import io.kiln.device.cpu.CpuThreads;
import io.kiln.numeric.FourierTransform;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * Finds the axis at the least {@link VoMetric}: coarsely every half pixel, then every quarter within six pixels of the best. A coarse search that ends at
 * an end of its range is continued, up to a tenth of the detector's width from its edges; and where another method hints at a column outside the range, it
 * looks there too.
 */
final class VoSearch {
    private static final int FINE_QUARTERS = 24;
    private static final int HINTED_QUARTERS = 40;
    private static final int MOST_LINES = 1024;
    private static final double MARGIN = 0.1;

    private final CpuThreads threads;
    private final long memoryBytes;
    private final BooleanSupplier stopRequested;

    /** @param memoryBytes what sinograms, metrics and the buffers of all threads may take together; one thread works in any case */
    VoSearch(CpuThreads threads, long memoryBytes, BooleanSupplier stopRequested) {
        this.threads = threads;
        this.memoryBytes = memoryBytes;
        this.stopRequested = stopRequested;
    }

    /**
     * @param column where the axis is
     * @param atEnd true where the search went to its farthest and the metric was still falling
     */
    record Result(double column, boolean atEnd) {}

    /**
     * Searches.
     *
     * @param width pixels to either side of the middle that are searched at first
     * @param hint column that another method found
     */
    Result find(HalfTurn sinogram, double width, OptionalDouble hint) throws InterruptedException {
        double middle = (sinogram.columns() - 1) / 2.0;
        int farthest = (int) (4 * (0.5 - MARGIN) * sinogram.columns()) / 2 * 2;
        int reach = Math.min(farthest, (int) Math.ceil(2 * width) * 2);
        Sweep coarse = new Sweep(metric(sinogram.smoothed(3, 1)), sinogram.bytes());
        coarse.run(-reach, reach, 2);
        while (Math.abs(coarse.best()) == reach && reach < farthest) {
            reach = Math.min(farthest, 2 * reach);
            coarse.run(-reach, reach, 2);
        }
        if (hint.isPresent()) {
            int hinted = 2 * (int) Math.rint(2 * (hint.getAsDouble() - middle));
            coarse.run(Math.max(-farthest, hinted - HINTED_QUARTERS), Math.min(farthest, hinted + HINTED_QUARTERS), 2);
        }
        boolean atEnd = Math.abs(coarse.best()) >= farthest;
        Sweep fine = new Sweep(metric(sinogram.smoothed(2, 2)), sinogram.bytes());
        fine.run(coarse.best() - FINE_QUARTERS, coarse.best() + FINE_QUARTERS, 1);
        return new Result(middle + fine.best() / 4.0, atEnd);
    }

    /** After smoothing by two projections or more, every second one says the same; the angular step becomes a power of two. */
    private static VoMetric metric(HalfTurn smooth) {
        int lines = Math.min(MOST_LINES, FourierTransform.lengthFor(Math.max(2, smooth.projections() / 2)));
        DoubleWedge wedge = new DoubleWedge(smooth.projections(), lines, smooth.columns());
        return new VoMetric(smooth.resampled(lines), lines, smooth.columns(), wedge);
    }

    /** The values of one metric that have been computed. */
    private final class Sweep {
        private final VoMetric metric;
        private final long workBytes;
        private final Map<Integer, Double> values = new ConcurrentHashMap<>();

        /** @param sinogramBytes of what is kept beside the metric */
        Sweep(VoMetric metric, long sinogramBytes) {
            this.metric = metric;
            // until the fine sweep's is made, and while the coarse one's has not been cleared away, there are two
            // metrics
            this.workBytes = memoryBytes - sinogramBytes - 2 * metric.bytes();
        }

        void run(int from, int to, int step) throws InterruptedException {
            int workers = (int) Math.max(1, Math.min(threads.count(), workBytes / metric.workBytes()));
            VoMetric.Work[] work = new VoMetric.Work[workers];
            threads.each(Math.max(0, (to - from) / step + 1), workers, (worker, index) -> {
                if (stopRequested.getAsBoolean()) {
                    throw new CancellationException("the search for the centre was stopped");
                }
                if (work[worker] == null) {
                    work[worker] = metric.new Work();
                }
                // outside the map: it would keep others from values beside this one until it is computed
                int at = from + index * step;
                if (!values.containsKey(at)) {
                    values.put(at, work[worker].at(at));
                }
            });
        }

        /** Where the least value is; of equal ones the leftmost. */
        int best() {
            return values.entrySet().stream()
                    .min(Map.Entry.<Integer, Double>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                    .orElseThrow()
                    .getKey();
        }
    }
}
