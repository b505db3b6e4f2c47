package io.kiln.api.problem;

import io.kiln.run.RunStateException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Something that the state of a run does not allow; the answer holds the state. */
@Provider
public class RunStateMapper implements ExceptionMapper<RunStateException> {
    @Override
    public Response toResponse(RunStateException exception) {
        return Problem.wrongState(exception.state().name(), exception.getMessage())
                .toResponse();
    }
}
