package io.kiln.target;

/** Names a target. Any text may be one; whether there is such a target, {@link Targets} knows. */
public record TargetName(String value) {
    /** Where runs go that name no target: the devices of the server's own nodes. */
    public static final TargetName STANDARD = new TargetName("server");

    @Override
    public String toString() {
        return value;
    }
}
