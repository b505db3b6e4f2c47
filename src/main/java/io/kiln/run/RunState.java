package io.kiln.run;

import java.util.Arrays;
import java.util.List;

/** Where a run is in its life, and every way from one state to the next. */
public enum RunState {
    QUEUED,
    RUNNING,
    /** its outputs move from the work folder to their place; its devices are given back */
    PUBLISHING,
    COMPLETED,
    FAILED,
    /** somebody asked */
    STOPPED,
    /** nothing to do */
    SKIPPED;

    /** True where this change is legal. */
    public boolean mayBecome(RunState next) {
        return switch (this) {
            case QUEUED -> next == RUNNING || next == STOPPED || next == SKIPPED;
            case RUNNING -> next == PUBLISHING || next == FAILED || next == STOPPED || next == QUEUED;
            case PUBLISHING -> next == COMPLETED || next == FAILED || next == STOPPED || next == QUEUED;
            case FAILED, STOPPED -> next == QUEUED;
            case COMPLETED, SKIPPED -> false;
        };
    }

    /** True while an attempt holds the run. */
    public boolean isActive() {
        return this == RUNNING || this == PUBLISHING;
    }

    /** True when nothing happens to the run by itself any more. */
    public boolean isOver() {
        return this != QUEUED && !isActive();
    }

    /** True where what lies in the run's place is what it was to make; before, that may be an earlier run's. */
    public boolean hasOutput() {
        return this == COMPLETED || this == SKIPPED;
    }

    /** Every state that may become this one. */
    public List<RunState> sources() {
        return Arrays.stream(values()).filter(state -> state.mayBecome(this)).toList();
    }
}
