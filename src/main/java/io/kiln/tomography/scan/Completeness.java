package io.kiln.tomography.scan;

import java.util.Optional;

/**
 * How much of a scan is there.
 *
 * @param projections stored
 * @param angles number of angles; empty where the scan has none
 */
public record Completeness(int projections, Optional<Integer> angles) {
    /** True when each announced projection is stored; also when nothing was announced. */
    public boolean isWhole() {
        return angles.isEmpty() || projections >= angles.get();
    }
}
