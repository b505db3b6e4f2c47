package io.kiln.integration;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers that tests start later. They lie below those that the kernel gives to connections, and each is kept from the tests of other processes as long
 * as this one lives, by the same port of UDP, which no server wants.
 */
public final class TestPorts {
    private static final int FIRST = 20_000;
    private static final int END = 32_000;
    private static final int TRIALS = 1000;
    private static final List<DatagramSocket> KEPT = new ArrayList<>();

    private TestPorts() {}

    /** A port of loopback that can be bound now, and is given to nobody else. */
    public static synchronized int choose() {
        for (int trial = 0; trial < TRIALS; trial++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            if (isFree(port) && keep(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no port from " + FIRST + " to " + END + " is free");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            // why: that it cannot be bound is the answer
            return false;
        }
    }

    private static boolean keep(int port) {
        try {
            return KEPT.add(new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
        } catch (IOException e) {
            // why: another process keeps it
            return false;
        }
    }
}
