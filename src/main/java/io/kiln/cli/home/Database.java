package io.kiln.cli.home;

/**
 * How to reach the database. Its text form leaves out the password, and the address's options, which may hold one.
 *
 * @param url JDBC address
 * @param user role that owns Kiln's tables
 * @param password of that role
 */
public record Database(String url, String user, String password) {
    @Override
    public String toString() {
        return url.replaceFirst("\\?.*", "") + " as " + user;
    }
}
