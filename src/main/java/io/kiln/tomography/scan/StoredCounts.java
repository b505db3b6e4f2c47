package io.kiln.tomography.scan;

import io.kiln.volume.ElementType;
import java.nio.ByteOrder;

/**
 * How a slab keeps its counts, for whoever reads its buffer without it.
 *
 * @param type of an element
 * @param bytes order of an element's bytes
 * @param projectionStride elements from a pixel to the same pixel in the next projection
 * @param rowStride elements from a pixel to the one below it
 */
public record StoredCounts(ElementType type, ByteOrder bytes, long projectionStride, long rowStride) {}
