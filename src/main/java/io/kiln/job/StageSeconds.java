package io.kiln.job;

/** How long the threads of one or several lanes were busy, in seconds. */
public record StageSeconds(double read, double compute, double write) {
    static final StageSeconds NONE = new StageSeconds(0, 0, 0);

    StageSeconds plus(StageSeconds other) {
        return new StageSeconds(read + other.read, compute + other.compute, write + other.write);
    }
}
