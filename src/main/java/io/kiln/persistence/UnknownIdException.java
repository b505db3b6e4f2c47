package io.kiln.persistence;

/** No such thing: the id names nothing, or nothing any more. */
public class UnknownIdException extends RuntimeException {
    public UnknownIdException(String kind, Object id) {
        super("there is no " + kind + " " + id);
    }
}
