package io.kiln.security;

/** The names of the {@link Role}s, which annotations can only take as constants. */
public final class RoleName {
    public static final String VIEWER = "viewer";
    public static final String OPERATOR = "operator";
    public static final String ADMIN = "admin";

    private RoleName() {}
}
