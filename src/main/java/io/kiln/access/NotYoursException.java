package io.kiln.access;

/** Something belongs to somebody else, who alone changes it. */
public class NotYoursException extends RuntimeException {
    private final String owner;

    /** @param what is whose and was asked for, such as {@code batch 'teeth'} */
    public NotYoursException(String what, String owner) {
        super(what + " is " + owner + "'s alone; ask " + owner + " to share it, or an administrator to change it");
        this.owner = owner;
    }

    public String owner() {
        return owner;
    }
}
