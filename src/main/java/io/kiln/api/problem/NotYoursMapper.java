package io.kiln.api.problem;

import io.kiln.access.NotYoursException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Something that only its owner changes; the answer says who that is. */
@Provider
public class NotYoursMapper implements ExceptionMapper<NotYoursException> {
    @Override
    public Response toResponse(NotYoursException exception) {
        return Problem.of(ProblemType.NOT_YOURS, exception.getMessage())
                .with("owner", exception.owner())
                .toResponse();
    }
}
