package io.kiln.tomography.reconstruction;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/** Angles of projections for tests, in radians. */
final class Angles {
    private Angles() {}

    /** Equally spaced from 0, without 180°. */
    static double[] halfCircle(int count) {
        return IntStream.range(0, count).mapToDouble(i -> Math.PI * i / count).toArray();
    }

    /** Equally spaced from 0 to 180°, both there. */
    static double[] closedHalfCircle(int count) {
        return IntStream.range(0, count)
                .mapToDouble(i -> Math.PI * i / (count - 1))
                .toArray();
    }

    static double[] fullCircle(int count) {
        return IntStream.range(0, count)
                .mapToDouble(i -> 2 * Math.PI * i / count)
                .toArray();
    }

    /** Each up to half a spacing off its place, in no order. */
    static double[] irregular(int count) {
        Random random = new Random(5);
        double[] angles = Arrays.stream(halfCircle(count))
                .map(angle -> angle + (random.nextDouble() - 0.5) * Math.PI / count)
                .toArray();
        for (int i = count - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            double moved = angles[i];
            angles[i] = angles[other];
            angles[other] = moved;
        }
        return angles;
    }
}
