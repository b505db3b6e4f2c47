package io.kiln.job;

import java.time.Duration;
import java.util.Locale;

/** How long something took, in words. */
public final class ElapsedTime {
    private ElapsedTime() {}

    /** Such as {@code 0.3 s}, {@code 12 s}, {@code 3 min 20 s} or {@code 26 h 04 min}. */
    public static String of(Duration duration) {
        double seconds = duration.toMillis() / 1e3;
        if (seconds < 9.95) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        if (whole < 60) {
            return whole + " s";
        }
        return whole < 3600
                ? String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole % 3600 / 60);
    }

    /** The same for seconds. */
    public static String ofSeconds(double seconds) {
        return of(Duration.ofMillis(Math.round(seconds * 1e3)));
    }
}
