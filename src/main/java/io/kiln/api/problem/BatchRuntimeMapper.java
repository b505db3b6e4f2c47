package io.kiln.api.problem;

import io.kiln.persistence.DatabaseAbsence;
import jakarta.batch.operations.BatchRuntimeException;
import jakarta.batch.operations.JobStartException;
import jakarta.batch.operations.NoSuchJobException;
import jakarta.batch.operations.NoSuchJobExecutionException;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;

/** Jobs and executions that the batch runtime does not know. */
@Provider
public class BatchRuntimeMapper implements ExceptionMapper<BatchRuntimeException> {
    private static final Set<Class<? extends BatchRuntimeException>> UNKNOWN =
            Set.of(NoSuchJobException.class, NoSuchJobExecutionException.class, JobStartException.class);

    @Inject
    private DatabaseAbsence absence;

    @Override
    public Response toResponse(BatchRuntimeException exception) {
        if (UNKNOWN.contains(exception.getClass())) {
            return Problem.of(ProblemType.NOT_FOUND, exception.getMessage() + "; GET /api/jobs lists what there is")
                    .toResponse();
        }
        return ThrowableMapper.problem(exception, absence).toResponse();
    }
}
