package io.kiln.event;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which entries of the audit are meant; what is empty does not matter.
 *
 * @param who a user's name
 * @param action such as {@code stop run}
 * @param subject such as a run's id, a node's name or a root's folder
 */
public record AuditFilter(Optional<String> who, Optional<String> action, Optional<String> subject) {
    public static final AuditFilter ALL = new AuditFilter(Optional.empty(), Optional.empty(), Optional.empty());

    /** The values that are asked for, by the column that holds them. */
    Map<String, String> columns() {
        Map<String, String> columns = new TreeMap<>();
        who.ifPresent(value -> columns.put("who", value));
        action.ifPresent(value -> columns.put("action", value));
        subject.ifPresent(value -> columns.put("subject", value));
        return columns;
    }
}
