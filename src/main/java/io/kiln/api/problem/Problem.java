package io.kiln.api.problem;

import io.kiln.pipeline.ParameterProblem;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;

/**
 * One RFC 9457 problem document. Immutable.
 *
 * @param extensions members beside the standard ones: {@code problems}, {@code state}, {@code current}, {@code incident}, …
 */
public record Problem(ProblemType type, String detail, JsonObject extensions) {
    public static final String MEDIA_TYPE = "application/problem+json";

    /** @param detail what is wrong, with which value, and what to do */
    public static Problem of(ProblemType type, String detail) {
        return new Problem(type, detail, JsonValue.EMPTY_JSON_OBJECT);
    }

    /** A request with these parameters or members at fault. */
    public static Problem of(ProblemType type, List<ParameterProblem> problems) {
        JsonArrayBuilder list = Json.createArrayBuilder();
        problems.forEach(problem -> list.add(
                Json.createObjectBuilder().add("parameter", problem.parameter()).add("message", problem.message())));
        String detail = String.join(
                "; ", problems.stream().map(ParameterProblem::message).toList());
        return of(type, detail).with("problems", list.build());
    }

    /**
     * What the present state does not allow.
     *
     * @param state of the run, or batch status of the execution, or what else keeps it from being done
     */
    public static Problem wrongState(String state, String detail) {
        return of(ProblemType.WRONG_STATE, detail).with("state", state);
    }

    /** This problem with one more member. */
    public Problem with(String member, JsonValue value) {
        return new Problem(
                type,
                detail,
                Json.createObjectBuilder(extensions).add(member, value).build());
    }

    public Problem with(String member, String value) {
        return with(member, Json.createValue(value));
    }

    public JsonObject toJson() {
        return Json.createObjectBuilder()
                .add("type", type.uri())
                .add("title", type.title())
                .add("status", type.status())
                .add("detail", detail)
                .addAll(Json.createObjectBuilder(extensions))
                .build();
    }

    public Response toResponse() {
        return Response.status(type.status())
                .type(MEDIA_TYPE)
                .entity(toJson().toString())
                .build();
    }

    /** Answers it outside JAX-RS. */
    public void writeTo(HttpServletResponse response) throws IOException {
        response.setStatus(type.status());
        response.setContentType(MEDIA_TYPE);
        response.setCharacterEncoding("UTF-8");
        response.getWriter().write(toJson().toString());
    }
}
