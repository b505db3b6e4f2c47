package io.kiln.api.problem;

import io.kiln.root.RootInUseException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** A data root that something refers to. */
@Provider
public class RootInUseMapper implements ExceptionMapper<RootInUseException> {
    @Override
    public Response toResponse(RootInUseException exception) {
        return Problem.wrongState("IN_USE", exception.getMessage()).toResponse();
    }
}
