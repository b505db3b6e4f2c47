package io.kiln.cli.server;

import io.kiln.cli.CommandFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who listens on a port of this machine, as far as Linux tells this user. */
public final class PortOwner {
    private static final String LISTENING = "0A";

    private PortOwner() {}

    /**
     * Makes sure that a port can be listened on.
     *
     * @param addressSetting the variable that chooses the address, for the message
     * @param portSetting the variable that chooses the port
     * @throws CommandFailure when the address is not this machine's, or the port is taken; says by whom, if that can be known
     */
    public static void requireFree(String address, String addressSetting, int port, String portSetting) {
        InetAddress resolved = resolved(address, addressSetting);
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(resolved, port));
        } catch (IOException e) {
            requireOwn(resolved, addressSetting, e);
            throw new CommandFailure(
                    find(port)
                                    .map(process -> "Port " + port + " is taken by process " + process + " ("
                                            + e.getMessage() + "). Stop it, or set ")
                                    .orElse("Port " + port + " cannot be listened on (" + e.getMessage() + "). Set ")
                            + portSetting + " to a free port.",
                    e);
        }
    }

    private static InetAddress resolved(String address, String setting) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new CommandFailure(setting + " is \"" + address + "\", but there is no host of that name.", e);
        }
    }

    /** Of an address that cannot be listened on. */
    private static void requireOwn(InetAddress address, String setting, IOException why) {
        try {
            boolean isOwn = address.isAnyLocalAddress()
                    || address.isLoopbackAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
            if (!isOwn) {
                throw new CommandFailure(
                        setting + " is " + address.getHostAddress() + ", which is no address of this machine.", why);
            }
        } catch (SocketException e) {
            why.addSuppressed(e);
        }
    }

    private static Optional<String> find(int port) {
        try {
            Set<String> sockets = sockets(port);
            try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
                for (Path process : processes) {
                    if (holds(process, sockets)) {
                        return Optional.of(describe(process));
                    }
                }
            }
        } catch (IOException e) {
            // why: the owner is a courtesy; the message is right without it
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static Set<String> sockets(int port) throws IOException {
        String suffix = String.format(":%04X", port);
        Stream<String> lines = Stream.empty();
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            if (Files.exists(Path.of(table))) {
                lines = Stream.concat(lines, Files.readAllLines(Path.of(table)).stream());
            }
        }
        return lines.map(line -> line.strip().split("\\s+"))
                .filter(fields -> fields.length > 9 && fields[1].endsWith(suffix) && fields[3].equals(LISTENING))
                .map(fields -> "socket:[" + fields[9] + "]")
                .collect(Collectors.toSet());
    }

    private static boolean holds(Path process, Set<String> sockets) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                if (sockets.contains(Files.readSymbolicLink(descriptor).toString())) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            // why: a process that ended meanwhile, or another user's
            return false;
        }
    }

    private static String describe(Path process) throws IOException {
        String command =
                Files.readString(process.resolve("cmdline")).replace('\0', ' ').strip();
        return process.getFileName() + " (" + command.substring(0, Math.min(60, command.length())) + ")";
    }
}
