package io.kiln.api.problem;

import io.kiln.pipeline.InvalidParametersException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Parameters that a pipeline does not accept, each with its reason. */
@Provider
public class InvalidParametersMapper implements ExceptionMapper<InvalidParametersException> {
    @Override
    public Response toResponse(InvalidParametersException exception) {
        return Problem.of(ProblemType.INVALID_PARAMETERS, exception.problems()).toResponse();
    }
}
