package io.kiln.api.problem;

import java.util.Locale;

/** The kinds of problems that Kiln answers; each has a status, a title and a relative URI. */
public enum ProblemType {
    MALFORMED_JSON(400, "The request's body is not JSON"),
    INVALID_REQUEST(400, "The request is not accepted"),
    INVALID_PARAMETERS(400, "The pipeline does not accept these parameters"),
    NOT_SIGNED_IN(401, "Sign in first"),
    NOT_ALLOWED(403, "Your role does not allow this"),
    NOT_YOURS(403, "It is somebody else's"),
    FOREIGN_ORIGIN(403, "The request comes from another site"),
    NOT_FOUND(404, "There is no such thing"),
    METHOD_NOT_ALLOWED(405, "This address does not know this method"),
    NOT_ACCEPTABLE(406, "This address cannot answer in the form asked for"),
    WRONG_STATE(409, "The present state does not allow this"),
    LOST_RACE(412, "Somebody else changed it first"),
    TOO_LARGE(413, "The request's body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The request's body has a form that this address does not read"),
    RANGE_NOT_SATISFIABLE(416, "The file does not have these bytes"),
    UNKNOWN_TARGET(422, "There is no such target"),
    INTERNAL(500, "Kiln failed"),
    UNAVAILABLE(503, "Kiln cannot do this at present");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** Relative URI, for example {@code /problems/not-found}. */
    public String uri() {
        return "/problems/" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
