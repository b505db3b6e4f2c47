package io.kiln.cli.user;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a person may do; each role includes the ones before it. */
public enum Role {
    VIEWER,
    OPERATOR,
    ADMIN;

    /** The name in the realm, in web.xml and in {@code @RolesAllowed}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** This role's name and those of the roles it includes. */
    List<String> groups() {
        return Arrays.stream(values())
                .filter(role -> role.compareTo(this) <= 0)
                .map(Role::id)
                .toList();
    }

    /** The highest of some groups; groups that are not roles count as viewer. */
    static Role highest(Iterable<String> groups) {
        Role highest = VIEWER;
        for (String group : groups) {
            for (Role role : values()) {
                if (role.id().equals(group) && role.compareTo(highest) > 0) {
                    highest = role;
                }
            }
        }
        return highest;
    }

    @Override
    public String toString() {
        return id();
    }
}
