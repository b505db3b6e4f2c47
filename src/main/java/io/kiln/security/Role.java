package io.kiln.security;

import java.util.Arrays;
import java.util.List;

/** What a person may do; each role includes the ones before it. */
public enum Role {
    /** Sees everything, changes nothing. */
    VIEWER(RoleName.VIEWER),

    /** Creates, starts, stops and removes batches, items and runs. */
    OPERATOR(RoleName.OPERATOR),

    /** Also changes the server: data roots, nodes; reads the audit. */
    ADMIN(RoleName.ADMIN);

    private final String id;

    Role(String id) {
        this.id = id;
    }

    /** The name in the realm, in web.xml and in {@code @RolesAllowed}. */
    public String id() {
        return id;
    }

    /** This role's name and those of the roles it includes. */
    public List<String> groups() {
        return Arrays.stream(values())
                .filter(role -> role.compareTo(this) <= 0)
                .map(Role::id)
                .toList();
    }

    /** The one that allows less. */
    public static Role lower(Role one, Role other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** The highest of some groups; groups that are not roles count as viewer. */
    public static Role highest(Iterable<String> groups) {
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
