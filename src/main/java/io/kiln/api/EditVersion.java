package io.kiln.api;

import io.kiln.api.problem.ProblemException;
import io.kiln.api.problem.ProblemType;
import jakarta.ws.rs.core.EntityTag;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Versions of what can be edited, as ETag and If-Match carry them. */
public final class EditVersion {
    // proxies that compress weaken the tags that pass them
    private static final Pattern TAG = Pattern.compile("(?:W/)?\"(\\d{1,9})\"");

    private EditVersion() {}

    public static EntityTag tag(int version) {
        return new EntityTag(Integer.toString(version));
    }

    /**
     * The version that an edit was made on.
     *
     * @param ifMatch the header; absent or {@code *} means that the caller does not mind, so the present version counts
     */
    public static int expected(String ifMatch, int present) {
        if (ifMatch == null || ifMatch.strip().equals("*")) {
            return present;
        }
        Matcher tag = TAG.matcher(ifMatch.strip());
        if (!tag.matches()) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST,
                    "If-Match is " + ifMatch + ", but must be the ETag of an earlier answer, for example \"3\"");
        }
        return Integer.parseInt(tag.group(1));
    }
}
