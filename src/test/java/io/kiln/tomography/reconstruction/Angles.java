package io.kiln.tomography.reconstruction;

import java.util.stream.IntStream;

/** Angles of projections for tests. */
final class Angles {
    private Angles() {}

    /** Equally spaced from 0, without 180°. */
    static double[] halfCircle(int count) {
        return IntStream.range(0, count).mapToDouble(i -> Math.PI * i / count).toArray();
    }
}
