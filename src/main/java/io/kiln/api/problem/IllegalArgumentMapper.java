package io.kiln.api.problem;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Values of a request that a value type refuses: names, ids, paths. Logged as well, for it may be a fault of Kiln. */
@Provider
public class IllegalArgumentMapper implements ExceptionMapper<IllegalArgumentException> {
    private static final Logger LOG = Logger.getLogger(IllegalArgumentMapper.class.getName());

    @Override
    public Response toResponse(IllegalArgumentException exception) {
        LOG.log(Level.INFO, "refused a request", exception);
        return Problem.of(ProblemType.INVALID_REQUEST, String.valueOf(exception.getMessage()))
                .toResponse();
    }
}
