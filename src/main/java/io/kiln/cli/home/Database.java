package io.kiln.cli.home;

/**
 * How to reach the database. Its text form leaves the password out.
 *
 * @param url JDBC address
 * @param user role that owns Kiln's tables
 * @param password of that role
 */
public record Database(String url, String user, String password) {
    @Override
    public String toString() {
        return url + " as " + user;
    }
}
