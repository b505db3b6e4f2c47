package io.kiln.access;

/**
 * Who asks.
 *
 * @param name of the user, as it stands in the audit
 * @param isAdministrator whether what others own is theirs to change, too
 */
public record Requester(String name, boolean isAdministrator) {
    /** Whether what this user owns is the requester's to change. */
    public boolean mayChangeWhatIsOf(String owner) {
        return isAdministrator || name.equals(owner);
    }
}
