package io.kiln.persistence;

import jakarta.json.JsonObject;

/** Two edits met: the thing has changed since it was read. Carries both, so that a person can choose. */
public class VersionConflictException extends RuntimeException {
    private final transient JsonObject wanted;
    private final transient JsonObject current;
    private final int currentVersion;

    public VersionConflictException(int expected, int currentVersion, JsonObject wanted, JsonObject current) {
        super("changed meanwhile: the edit was made on version " + expected + ", now it is version " + currentVersion
                + "; read it again and repeat the edit");
        this.wanted = wanted;
        this.current = current;
        this.currentVersion = currentVersion;
    }

    /** What the edit would have made of it. */
    public JsonObject wanted() {
        return wanted;
    }

    /** What it is now. */
    public JsonObject current() {
        return current;
    }

    public int currentVersion() {
        return currentVersion;
    }
}
