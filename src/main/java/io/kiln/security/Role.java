package io.kiln.security;

/** What users may do; each role includes the ones before it. */
public final class Role {
    /** Sees everything, changes nothing. */
    public static final String VIEWER = "viewer";

    /** Creates, starts, stops and removes batches, items and runs. */
    public static final String OPERATOR = "operator";

    /** Also changes the server: data roots, nodes; reads the audit. */
    public static final String ADMIN = "admin";

    private Role() {}
}
