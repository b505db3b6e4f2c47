package io.kiln.job;

/** The batch runtime failed round artefacts that did not: its database went away, or the server goes down. The run goes on from its ledger. */
public class BatchRuntimeFailedException extends RuntimeException {
    public BatchRuntimeFailedException(long executionId) {
        super("execution " + executionId + " failed outside of Kiln's artefacts; the server's log says why");
    }
}
