package io.kiln.api.problem;

import io.kiln.target.TargetName;
import io.kiln.target.UnknownTargetException;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** A target that there is none of; those that there are stand in {@code known}. */
@Provider
public class UnknownTargetMapper implements ExceptionMapper<UnknownTargetException> {
    @Override
    public Response toResponse(UnknownTargetException exception) {
        JsonArrayBuilder known = Json.createArrayBuilder();
        exception.known().stream().map(TargetName::value).forEach(known::add);
        return Problem.of(ProblemType.UNKNOWN_TARGET, exception.getMessage())
                .with("known", known.build())
                .toResponse();
    }
}
