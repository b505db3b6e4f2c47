package io.kiln.target;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The right to execute an attempt of a run, as the job parameter {@code lease} of the execution that is started for it.
 *
 * @param attempt number of the attempt
 * @param token admits one execution to it
 */
public record Lease(int attempt, UUID token) {
    private static final Pattern TEXT =
            Pattern.compile("(\\d{1,9}):(\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12})");

    /** Empty for what is none, such as what people write by hand, or the token alone, which versions before 0.1.0 gave. */
    public static Optional<Lease> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches()
                ? Optional.of(new Lease(Integer.parseInt(parts.group(1)), UUID.fromString(parts.group(2))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return attempt + ":" + token;
    }
}
