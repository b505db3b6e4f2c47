package io.kiln.run;

import io.kiln.job.RunId;

/** What was asked for is not allowed in the state that the run is in. */
public class RunStateException extends RuntimeException {
    private final RunState state;

    public RunStateException(RunId run, RunState state, String wish, String advice) {
        super("run " + run + " is " + state + " and cannot be " + wish + "; " + advice);
        this.state = state;
    }

    public RunState state() {
        return state;
    }
}
