package io.kiln.api.problem;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.sql.SQLException;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;

/**
 * Faults of Kiln itself: the log has the whole of it under an incident id, the caller gets only the id. A database that does not answer is none: the
 * caller is told to come back.
 */
@Provider
public class ThrowableMapper implements ExceptionMapper<Throwable> {
    /** SQLSTATE of failed and broken connections, and of a server that shuts down or starts. */
    private static final Pattern DATABASE_AWAY = Pattern.compile("08...|57P0[1-3]");

    private static final Logger LOG = Logger.getLogger(ThrowableMapper.class.getName());

    @Override
    public Response toResponse(Throwable exception) {
        return problem(exception).toResponse();
    }

    static Problem problem(Throwable exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refused
                    && refused.getSQLState() != null
                    && DATABASE_AWAY.matcher(refused.getSQLState()).matches()) {
                LOG.warning(() -> "a request found the database away: " + refused.getMessage());
                return Problem.of(
                        ProblemType.UNAVAILABLE,
                        "the database does not answer; try again when GET /health says that it is up");
            }
        }
        String incident = UUID.randomUUID().toString();
        LOG.log(Level.SEVERE, exception, () -> "incident " + incident);
        return Problem.of(
                        ProblemType.INTERNAL,
                        "this is a fault of Kiln or its database; the server's log has it as incident " + incident)
                .with("incident", incident);
    }
}
