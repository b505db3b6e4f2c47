package io.kiln.picture;

import io.kiln.pipeline.InputRejectedException;
import java.util.Optional;

/**
 * Which picture of an array is wanted.
 *
 * @param index along the axis, from 0
 * @param region part of the picture; empty for all of it
 * @param size most pixels along an edge, 1 to {@value #LARGEST}; larger pictures are made smaller by a whole factor
 */
public record PlaneRequest(Axis axis, int index, Optional<Region> region, int size) {
    /** Bounds what an answer holds: 16 MiB of floats. */
    public static final int LARGEST = 2048;

    public PlaneRequest {
        if (size < 1 || size > LARGEST) {
            throw new InputRejectedException("size is " + size + ", but must be from 1 to " + LARGEST);
        }
    }
}
