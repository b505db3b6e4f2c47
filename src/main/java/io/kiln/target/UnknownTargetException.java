package io.kiln.target;

import java.util.List;

/** A batch or run names a target that there is none of. */
public class UnknownTargetException extends IllegalArgumentException {
    private final transient List<TargetName> known;

    UnknownTargetException(TargetName name, List<TargetName> known) {
        super("there is no target '" + name + "'; known are " + known);
        this.known = List.copyOf(known);
    }

    /** Those that there are. */
    public List<TargetName> known() {
        return known;
    }
}
