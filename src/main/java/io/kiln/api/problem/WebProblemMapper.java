package io.kiln.api.problem;

import io.kiln.persistence.DatabaseAbsence;
import io.kiln.security.ForeignOriginException;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.regex.Pattern;

/** What JAX-RS itself refuses: unknown addresses, methods and media types, and roles that do not suffice. */
@Provider
public class WebProblemMapper implements ExceptionMapper<WebApplicationException> {
    private static final Pattern CODE = Pattern.compile("^RESTEASY\\d+: ");
    private static final Pattern PARAMETER = Pattern.compile("^.*\\(\"(.*?)\"\\) value is ");

    @Context
    private UriInfo address;

    @Context
    private Request request;

    @Context
    private HttpHeaders headers;

    @Inject
    private DatabaseAbsence absence;

    @Override
    public Response toResponse(WebApplicationException exception) {
        int status = exception.getResponse().getStatus();
        if (status < 400) {
            return exception.getResponse();
        }
        if (status >= 500 && exception.getCause() != null) {
            return ThrowableMapper.problem(exception.getCause(), absence).toResponse();
        }
        Response answer = problem(status, exception).toResponse();
        String allow = exception.getResponse().getHeaderString(HttpHeaders.ALLOW);
        return allow == null
                ? answer
                : Response.fromResponse(answer).header(HttpHeaders.ALLOW, allow).build();
    }

    /** {@code RESTEASY003870: Unable to extract parameter from http request: jakarta.ws.rs.PathParam("run") value is 'x'} as {@code run is 'x'}. */
    private static String withoutTerms(String message) {
        String sentence = CODE.matcher(message).replaceFirst("");
        return PARAMETER.matcher(sentence).replaceFirst("$1 is ");
    }

    private String form() {
        String type = headers.getHeaderString(HttpHeaders.CONTENT_TYPE);
        return type == null ? "a request without a Content-Type" : type;
    }

    private Problem problem(int status, WebApplicationException exception) {
        if (exception instanceof ForeignOriginException) {
            return Problem.of(ProblemType.FOREIGN_ORIGIN, exception.getMessage());
        }
        if (exception.getCause() instanceof UnreadableValueException unreadable) {
            return Problem.of(
                    ProblemType.INVALID_REQUEST,
                    withoutTerms(exception.getMessage()) + ", but must be " + unreadable.getMessage());
        }
        if (exception.getCause() instanceof IllegalArgumentException unreadable) {
            return Problem.of(
                    ProblemType.INVALID_REQUEST, withoutTerms(exception.getMessage()) + ": " + unreadable.getMessage());
        }
        String path = address.getRequestUri().getPath();
        return switch (status) {
            case 401 ->
                Problem.of(
                        ProblemType.NOT_SIGNED_IN,
                        "sign in at /, or send a user and password (HTTP basic) or a token that is good (Bearer)");
            case 403 ->
                Problem.of(
                        ProblemType.NOT_ALLOWED,
                        request.getMethod() + " " + path
                                + " needs another role; an administrator gives roles with 'kiln user'");
            case 404 -> Problem.of(ProblemType.NOT_FOUND, path + " is no address here; /openapi lists those that are");
            case 405 ->
                Problem.of(
                        ProblemType.METHOD_NOT_ALLOWED,
                        path + " does not know " + request.getMethod() + "; it knows "
                                + exception.getResponse().getHeaderString(HttpHeaders.ALLOW));
            case 406 ->
                Problem.of(
                        ProblemType.NOT_ACCEPTABLE,
                        path + " does not answer in " + headers.getHeaderString(HttpHeaders.ACCEPT)
                                + "; leave the Accept header out or see /openapi");
            case 415 ->
                Problem.of(
                        ProblemType.UNSUPPORTED_MEDIA_TYPE,
                        path + " does not read " + form() + "; send a JSON object as application/json");
            case 503 -> Problem.of(ProblemType.UNAVAILABLE, exception.getMessage() + "; try again later");
            default -> Problem.of(ProblemType.INVALID_REQUEST, exception.getMessage());
        };
    }
}
