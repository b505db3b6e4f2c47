package io.kiln.api.problem;

import io.kiln.security.user.UserRefusedException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Something that cannot be done to a user. */
@Provider
public class UserRefusedMapper implements ExceptionMapper<UserRefusedException> {
    @Override
    public Response toResponse(UserRefusedException exception) {
        return switch (exception.reason()) {
            case NOT_ACCEPTABLE ->
                Problem.of(ProblemType.INVALID_REQUEST, exception.getMessage()).toResponse();
            case UNKNOWN ->
                Problem.of(ProblemType.NOT_FOUND, exception.getMessage()).toResponse();
            case TAKEN, LAST_ADMINISTRATOR ->
                Problem.wrongState(exception.reason().name(), exception.getMessage())
                        .toResponse();
        };
    }
}
