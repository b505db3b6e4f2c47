package io.kiln.api.problem;

import io.kiln.picture.BusyException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Something that will do later. */
@Provider
public class BusyMapper implements ExceptionMapper<BusyException> {
    @Override
    public Response toResponse(BusyException exception) {
        return Problem.of(ProblemType.UNAVAILABLE, exception.getMessage()).toResponse();
    }
}
