package io.kiln.cli.client;

import jakarta.json.JsonObject;

/** The server refused a request; the message is the problem's detail. */
public class RequestFailedException extends RuntimeException {
    private final int status;
    private final transient JsonObject problem;

    RequestFailedException(int status, JsonObject problem) {
        super(problem.getString("detail", "the server answered " + status));
        this.status = status;
        this.problem = problem;
    }

    public int status() {
        return status;
    }

    /** The whole RFC 9457 document. */
    public JsonObject problem() {
        return problem;
    }
}
