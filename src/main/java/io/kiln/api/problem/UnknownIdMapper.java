package io.kiln.api.problem;

import io.kiln.persistence.UnknownIdException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** An id that names nothing. */
@Provider
public class UnknownIdMapper implements ExceptionMapper<UnknownIdException> {
    @Override
    public Response toResponse(UnknownIdException exception) {
        return Problem.of(ProblemType.NOT_FOUND, exception.getMessage()).toResponse();
    }
}
