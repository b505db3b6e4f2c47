package io.kiln.api.problem;

import io.kiln.persistence.DatabaseAbsence;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Faults of Kiln itself: the log has the whole of it under an incident id, the caller gets only the id. A database that does not answer is none: the
 * caller is told to come back.
 */
@Provider
public class ThrowableMapper implements ExceptionMapper<Throwable> {
    private static final Logger LOG = Logger.getLogger(ThrowableMapper.class.getName());

    @Inject
    private DatabaseAbsence absence;

    @Override
    public Response toResponse(Throwable exception) {
        return problem(exception, absence).toResponse();
    }

    static Problem problem(Throwable exception, DatabaseAbsence absence) {
        if (absence.explains(exception)) {
            return Problem.of(
                    ProblemType.UNAVAILABLE,
                    "the database does not answer; try again when GET /health says that it is up");
        }
        String incident = UUID.randomUUID().toString();
        LOG.log(Level.SEVERE, exception, () -> "incident " + incident);
        return Problem.of(
                        ProblemType.INTERNAL,
                        "this is a fault of Kiln or its database; the server's log has it as incident " + incident)
                .with("incident", incident);
    }
}
