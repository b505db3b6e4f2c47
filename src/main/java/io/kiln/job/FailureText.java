package io.kiln.job;

import io.kiln.pipeline.InputRejectedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says in one line why something failed, down to the first cause. */
public final class FailureText {
    private FailureText() {}

    /** The messages of the failure and its causes, each only where it says something new; a failure without a message by its class. */
    public static String of(Throwable failure) {
        List<String> parts = new ArrayList<>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String said = said(cause);
            if (parts.stream().noneMatch(part -> part.contains(said))) {
                parts.add(said);
            }
            if (cause instanceof InputRejectedException) {
                // its sentence is whole: what, with which value, and what to do
                break;
            }
        }
        return String.join(": ", parts);
    }

    /** A cause's text often is wrapped as its own prefix ("java.io.IOException: text"); the wrapper then says nothing new. */
    private static String said(Throwable cause) {
        String message = Optional.ofNullable(cause.getMessage()).orElse("");
        boolean repeatsCause =
                cause.getCause() != null && message.equals(cause.getCause().toString());
        if (repeatsCause) {
            return said(cause.getCause());
        }
        return message.isBlank() || !(cause instanceof Exception) || isTerse(message)
                ? cause.getClass().getSimpleName() + (message.isBlank() ? "" : " " + message)
                : message;
    }

    /** A message of one word, for example of an array index or a file that is missing, needs the class's name to be understood. */
    private static boolean isTerse(String message) {
        return message.indexOf(' ') < 0;
    }
}
