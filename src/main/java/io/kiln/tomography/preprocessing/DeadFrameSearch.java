package io.kiln.tomography.preprocessing;

import io.kiln.tomography.scan.Scan;
import io.kiln.tomography.scan.ScanReader;
import io.kiln.tomography.scan.ScanWindow;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds projections that hold nothing: in the middle rows, of those that can be read and have a usable pixel, their mean transmission is less than a
 * thousandth, or is not a number. So it is where the beam was off, or a frame was lost and filled.
 */
public final class DeadFrameSearch {
    private static final double LEAST_TRANSMISSION = 1e-3;
    private static final int ROWS = 3;
    private static final int FARTHEST = 256;

    private final Scan scan;
    private final ReferenceFields fields;

    public DeadFrameSearch(Scan scan, ReferenceFields fields) {
        this.scan = scan;
        this.fields = fields;
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
                    for (int i = 0; i < projections.length; i++) {
                        isAlive[i] |= hasLight(counts, i * region.columns(), fields.start(row));
                    }
                    return true;
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
            if (brightness > 0 && Math.abs(count) <= Float.MAX_VALUE) {
                light += count - fields.dark()[start + x];
                beam += brightness;
            }
        }
        return light > LEAST_TRANSMISSION * beam;
    }
}
