package io.kiln.api.problem;

import io.kiln.pipeline.InputRejectedException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** An input that cannot be processed. */
@Provider
public class InputRejectedMapper implements ExceptionMapper<InputRejectedException> {
    @Override
    public Response toResponse(InputRejectedException exception) {
        return Problem.of(ProblemType.INVALID_REQUEST, exception.getMessage()).toResponse();
    }
}
