package io.kiln.tomography.preprocessing;

import io.kiln.tomography.scan.Scan;
import io.kiln.tomography.scan.ScanReader;
import io.kiln.tomography.scan.ScanWindow;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds projections that hold nothing: in the middle rows, of those that can be read and have a usable pixel, their mean transmission is less than a
 * thousandth, or is not a number. So it is where the beam was off, or a frame was lost and filled. Of data that are no intensities, where 0 is not darkness,
 * those without a number hold nothing.
 */
public final class DeadFrameSearch {
    private static final double LEAST_TRANSMISSION = 1e-3;
    private static final int ROWS = 3;
    private static final int FARTHEST = 256;

    private final Scan scan;
    private final ReferenceFields fields;
    private final boolean isIntensity;

    /** @param isIntensity whether the scan holds what light was counted */
    public DeadFrameSearch(Scan scan, ReferenceFields fields, boolean isIntensity) {
        this.scan = scan;
        this.fields = fields;
        this.isIntensity = isIntensity;
    }

    /** Which of these projections hold nothing, by number; none where no row can tell. */
    public List<Integer> find(int[] projections) throws IOException {
        DetectorRegion region = fields.region();
        ScanReader reader = scan.reader(new ScanWindow(projections, region.fromColumn(), region.toColumn()));
        float[] counts = new float[projections.length * region.columns()];
        boolean[] isAlive = new boolean[projections.length];
        int judging = new ReadableRows(region, reader, ROWS)
                .nearest((region.fromRow() + region.toRow() - 1) / 2, ROWS, FARTHEST, (slab, row) -> {
                    if (!fields.hasLight(row)) {
                        return false;
                    }
                    slab.sinogram(row, counts, 0);
                    boolean isAnyAlive = false;
                    for (int i = 0; i < projections.length; i++) {
                        boolean holdsSomething = isIntensity
                                ? hasLight(counts, i * region.columns(), fields.start(row))
                                : hasNumbers(counts, i * region.columns(), fields.start(row));
                        isAlive[i] |= holdsSomething;
                        isAnyAlive |= holdsSomething;
                    }
                    // a row without numbers in any projection was masked
                    return isIntensity || isAnyAlive;
                });
        if (judging == 0) {
            return List.of();
        }
        return IntStream.range(0, projections.length)
                .filter(i -> !isAlive[i])
                .mapToObj(i -> projections[i])
                .toList();
    }

    private boolean hasLight(float[] counts, int offset, int start) {
        double light = 0;
        double beam = 0;
        for (int x = 0; x < fields.region().columns(); x++) {
            float brightness = fields.firstBrightness()[start + x];
            float count = counts[offset + x];
            if (brightness > 0 && isNumber(count)) {
                light += count - fields.dark()[start + x];
                beam += brightness;
            }
        }
        return light > LEAST_TRANSMISSION * beam;
    }

    private boolean hasNumbers(float[] counts, int offset, int start) {
        return IntStream.range(0, fields.region().columns())
                .anyMatch(x -> fields.firstBrightness()[start + x] > 0 && isNumber(counts[offset + x]));
    }

    private static boolean isNumber(float count) {
        return Math.abs(count) <= Float.MAX_VALUE;
    }
}
