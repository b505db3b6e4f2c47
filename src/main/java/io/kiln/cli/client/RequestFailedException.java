package io.kiln.cli.client;

import io.kiln.cli.CommandFailure;
import jakarta.json.JsonObject;

/** The server refused a request; the message is the problem's detail. */
public class RequestFailedException extends CommandFailure {
    private final transient JsonObject problem;

    RequestFailedException(JsonObject problem) {
        super(problem.getString("detail"));
        this.problem = problem;
    }

    /** The whole RFC 9457 document. */
    public JsonObject problem() {
        return problem;
    }
}
