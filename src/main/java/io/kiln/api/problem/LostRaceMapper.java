package io.kiln.api.problem;

import io.kiln.persistence.VersionConflictException;
import jakarta.json.Json;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** An edit of something that has changed since it was read: the answer holds both, so that a person can choose. */
@Provider
public class LostRaceMapper implements ExceptionMapper<VersionConflictException> {
    @Override
    public Response toResponse(VersionConflictException exception) {
        Response answer = Problem.of(ProblemType.LOST_RACE, exception.getMessage())
                .with("wanted", exception.wanted())
                .with("current", exception.current())
                .with("currentVersion", Json.createValue(exception.currentVersion()))
                .toResponse();
        return Response.fromResponse(answer)
                .tag(new EntityTag(Integer.toString(exception.currentVersion())))
                .build();
    }
}
