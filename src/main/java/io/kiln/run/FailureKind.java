package io.kiln.run;

import io.kiln.device.DeviceLostException;
import io.kiln.device.OutOfDeviceMemoryException;
import io.kiln.job.BatchRuntimeFailedException;
import io.kiln.job.DeviceFailedException;
import io.kiln.job.DiskFullException;
import io.kiln.job.LostRunException;
import io.kiln.persistence.DatabaseAbsence;
import io.kiln.pipeline.InputRejectedException;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

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
    /** the file system of the input is not mounted: the run goes on a little later */
    ROOT_AWAY,
    /** the database, the batch runtime, the lease or the folder went away; the run goes on from its ledger */
    LOST;

    /** SQLSTATE class 53 is a server without disk space, memory or connections, 40 a transaction that gave way to another. */
    private static final String BUSY = "53...|40...";

    /** WildFly's batch runtime has no type for it: its store of executions has gone down before the execution has ended. */
    private static final String STORE_IS_DOWN = "WFLYBATCH000022";

    static FailureKind of(Throwable failure) {
        return first(chain(failure))
                .orElseGet(() -> chain(failure).anyMatch(FailureKind::isOfCommit) ? ofCommit(failure) : ERROR);
    }

    /**
     * A transaction manager keeps what went wrong in a commit beside its exception, not as its cause; or nothing, where it does not know itself what became
     * of the commit. Then the run goes on from its ledger, which does.
     */
    private static FailureKind ofCommit(Throwable failure) {
        List<Throwable> all = chain(failure)
                .flatMap(cause -> Stream.concat(Stream.of(cause), beside(cause)))
                .toList();
        return first(all.stream()).orElse(all.stream().anyMatch(SQLException.class::isInstance) ? ERROR : LOST);
    }

    private static Stream<Throwable> beside(Throwable cause) {
        return isOfCommit(cause) ? Arrays.stream(cause.getSuppressed()).flatMap(FailureKind::chain) : Stream.empty();
    }

    private static Optional<FailureKind> first(Stream<Throwable> causes) {
        return causes.map(FailureKind::ofOne).flatMap(Optional::stream).findFirst();
    }

    private static Stream<Throwable> chain(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }

    private static boolean isOfCommit(Throwable cause) {
        return cause instanceof RollbackException
                || cause instanceof HeuristicMixedException
                || cause instanceof HeuristicRollbackException
                || cause instanceof SystemException;
    }

    private static Optional<FailureKind> ofOne(Throwable cause) {
        if (cause instanceof DiskFullException) {
            return Optional.of(DISK_FULL);
        }
        if (cause instanceof DeviceFailedException) {
            return Optional.of(DEVICE);
        }
        if (cause instanceof DeviceLostException) {
            return Optional.of(DEVICE_LOST);
        }
        if (cause instanceof OutOfDeviceMemoryException) {
            return Optional.of(DEVICE_FULL);
        }
        if (cause instanceof RootAwayException) {
            return Optional.of(ROOT_AWAY);
        }
        if (cause instanceof SQLException problem && isBusy(problem)) {
            return Optional.of(DATABASE_BUSY);
        }
        if (cause instanceof LostRunException
                || cause instanceof BatchRuntimeFailedException
                || cause.getMessage() != null && cause.getMessage().startsWith(STORE_IS_DOWN)
                || cause instanceof SQLException problem && isLost(problem)) {
            return Optional.of(LOST);
        }
        return Optional.empty();
    }

    /** Whether the run's own log says all there is to say: the input is at fault, or a machine, and not Kiln. */
    static boolean isForeseen(Throwable failure) {
        return chain(failure).anyMatch(InputRejectedException.class::isInstance) || of(failure) != ERROR;
    }

    private static boolean isBusy(SQLException problem) {
        return problem.getSQLState() != null && problem.getSQLState().matches(BUSY);
    }

    /** The pool's own refusals have no state. */
    private static boolean isLost(SQLException problem) {
        return problem.getSQLState() == null || problem.getSQLState().isEmpty() || DatabaseAbsence.isToldBy(problem);
    }
}
