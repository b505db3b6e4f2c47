package io.kiln.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The settings of one server node.
 *
 * @param home where logs and results are kept
 * @param data folders that are data roots from the start
 * @param results where outputs go when their root is read-only
 * @param scratch fast disk for work folders, where there is one
 * @param node this node's name, unique among the servers of one database
 * @param devices what it computes on
 * @param diskReserveBytes bytes that a file system must keep free for a run to start
 * @param history for how long is kept what has happened
 */
public record Settings(
        Path home,
        List<Path> data,
        Path results,
        Optional<Path> scratch,
        String node,
        DeviceSettings devices,
        long diskReserveBytes,
        HistoryDays history) {
    public Settings {
        if (!node.matches("[A-Za-z0-9._-]{1,64}")) {
            throw new IllegalArgumentException(
                    "KILN_NODE is '" + node + "', but must be letters, digits, dots, dashes and underscores");
        }
        atLeast("KILN_DISK_RESERVE_MIB", diskReserveBytes >> 20, 0);
        data = List.copyOf(data);
    }

    static void atLeast(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is " + value + ", but must be at least " + least);
        }
    }
}
