package io.kiln.worker.execution;

import io.kiln.worker.state.RunPhase;

/** Is told what becomes of a run, from any thread. */
public interface RunListener {
    void entered(RunPhase phase);

    /** A sentence of the run's log. */
    void said(String sentence);
}
