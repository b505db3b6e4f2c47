package io.kiln.cli.server;

/**
 * Where a server is reached.
 *
 * @param host name or address; that of IPv6 without brackets
 */
public record HostAndPort(String host, int port) {
    /** The part of a URL. */
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** @throws IllegalArgumentException when it is none */
    static HostAndPort parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("'" + text + "' is no host with a port");
        }
        String host = text.substring(0, colon);
        return new HostAndPort(
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                Integer.parseInt(text.substring(colon + 1)));
    }
}
