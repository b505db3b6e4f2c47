package io.kiln.run;

import io.kiln.device.DeviceLostException;
import io.kiln.device.OutOfDeviceMemoryException;
import io.kiln.job.BatchRuntimeFailedException;
import io.kiln.job.DeviceFailedException;
import io.kiln.job.DiskFullException;
import io.kiln.job.LostRunException;
import io.kiln.persistence.DatabaseAbsence;
import io.kiln.pipeline.InputRejectedException;
import java.sql.SQLException;

/** What a failure of an attempt means for its run. */
enum FailureKind {
    /** the run fails */
    ERROR,
    /** the run waits for space */
    DISK_FULL,
    /** the device is left alone, the run goes on elsewhere */
    DEVICE,
    /** others have taken the device's memory: it is left alone for a moment, the run goes on elsewhere, or there afterwards */
    DEVICE_FULL,
    /** the device is tried out, and left alone where it does not work; the run goes on from its ledger */
    DEVICE_LOST,
    /** the database had no room, memory or connection left, or let another transaction go first: the run goes on a little later */
    DATABASE_BUSY,
    /** the database, the batch runtime, the lease or the folder went away; the run goes on from its ledger */
    LOST;

    /** SQLSTATE class 53 is a server without disk space, memory or connections, 40 a transaction that gave way to another. */
    private static final String BUSY = "53...|40...";

    static FailureKind of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DiskFullException) {
                return DISK_FULL;
            }
            if (cause instanceof DeviceFailedException) {
                return DEVICE;
            }
            if (cause instanceof DeviceLostException) {
                return DEVICE_LOST;
            }
            if (cause instanceof OutOfDeviceMemoryException) {
                return DEVICE_FULL;
            }
            if (cause instanceof SQLException problem && isBusy(problem)) {
                return DATABASE_BUSY;
            }
            if (cause instanceof LostRunException
                    || cause instanceof BatchRuntimeFailedException
                    || cause instanceof SQLException problem && isLost(problem)) {
                return LOST;
            }
        }
        return ERROR;
    }

    /** Whether the run's own log says all there is to say: the input is at fault, or a machine, and not Kiln. */
    static boolean isForeseen(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InputRejectedException) {
                return true;
            }
        }
        return of(failure) != ERROR;
    }

    private static boolean isBusy(SQLException problem) {
        return problem.getSQLState() != null && problem.getSQLState().matches(BUSY);
    }

    /** The pool's own refusals have no state. */
    private static boolean isLost(SQLException problem) {
        return problem.getSQLState() == null || problem.getSQLState().isEmpty() || DatabaseAbsence.isToldBy(problem);
    }
}
