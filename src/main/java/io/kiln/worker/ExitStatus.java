package io.kiln.worker;

import io.kiln.device.DeviceLostException;
import io.kiln.device.OutOfDeviceMemoryException;
import io.kiln.job.DeviceFailedException;
import io.kiln.job.DiskFullException;
import io.kiln.pipeline.InputRejectedException;
import io.kiln.pipeline.InvalidParametersException;
import io.kiln.worker.execution.Outcome;
import io.kiln.worker.state.StateRefusedException;

/** What the worker's exit status says. Numbers are never reused; 3 is the Java runtime's own, for memory that is exhausted. */
public enum ExitStatus {
    COMPLETED(0),
    /** the same command may do it, once the cause is mended */
    FAILED(1),
    /** the command line is wrong; nothing was done */
    USAGE(2),
    /** the output is whole but for units that could not be read, which hold NaN */
    INCOMPLETE(4),
    /** this input cannot be processed with these parameters */
    INPUT_REJECTED(5),
    PARAMETERS_INVALID(6),
    /** somebody asked for it; the same command goes on */
    STOPPED(7),
    /** the state file is another run's, in use, or damaged */
    STATE_REFUSED(8),
    /** the same command may do it with another device */
    DEVICE_FAILED(9),
    /** the same command goes on once there is space */
    NO_SPACE(10);

    private final int code;

    ExitStatus(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    static ExitStatus of(Outcome outcome) {
        if (outcome instanceof Outcome.Completed completed) {
            return completed.skipped().isEmpty() ? COMPLETED : INCOMPLETE;
        }
        return outcome instanceof Outcome.Failed failed ? of(failed.cause()) : STOPPED;
    }

    static ExitStatus of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidParametersException) {
                return PARAMETERS_INVALID;
            }
            if (cause instanceof InputRejectedException) {
                return INPUT_REJECTED;
            }
            if (cause instanceof StateRefusedException) {
                return STATE_REFUSED;
            }
            if (cause instanceof DeviceFailedException
                    || cause instanceof DeviceLostException
                    || cause instanceof OutOfDeviceMemoryException) {
                return DEVICE_FAILED;
            }
            if (cause instanceof DiskFullException) {
                return NO_SPACE;
            }
        }
        return FAILED;
    }
}
