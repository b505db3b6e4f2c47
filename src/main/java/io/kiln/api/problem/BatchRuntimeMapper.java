package io.kiln.api.problem;

import jakarta.batch.operations.BatchRuntimeException;
import jakarta.batch.operations.JobExecutionAlreadyCompleteException;
import jakarta.batch.operations.JobExecutionIsRunningException;
import jakarta.batch.operations.JobExecutionNotMostRecentException;
import jakarta.batch.operations.JobExecutionNotRunningException;
import jakarta.batch.operations.JobRestartException;
import jakarta.batch.operations.JobStartException;
import jakarta.batch.operations.NoSuchJobException;
import jakarta.batch.operations.NoSuchJobExecutionException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;

/** What the batch runtime refuses. */
@Provider
public class BatchRuntimeMapper implements ExceptionMapper<BatchRuntimeException> {
    private static final Set<Class<? extends BatchRuntimeException>> WRONG_STATE = Set.of(
            JobExecutionAlreadyCompleteException.class,
            JobExecutionIsRunningException.class,
            JobExecutionNotMostRecentException.class,
            JobExecutionNotRunningException.class,
            JobRestartException.class);

    private static final Set<Class<? extends BatchRuntimeException>> UNKNOWN =
            Set.of(NoSuchJobException.class, NoSuchJobExecutionException.class, JobStartException.class);

    private final ThrowableMapper unexpected = new ThrowableMapper();

    @Override
    public Response toResponse(BatchRuntimeException exception) {
        if (UNKNOWN.contains(exception.getClass())) {
            return Problem.of(ProblemType.NOT_FOUND, exception.getMessage() + "; GET /api/jobs lists what there is")
                    .toResponse();
        }
        return WRONG_STATE.contains(exception.getClass())
                ? Problem.of(ProblemType.WRONG_STATE, exception.getMessage()).toResponse()
                : unexpected.toResponse(exception);
    }
}
