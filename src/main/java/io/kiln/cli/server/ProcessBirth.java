package io.kiln.cli.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * When a process began, told so that no other one on this machine ever has the same: the machine's boot, and the kernel's ticks from there on. The time of day will
 * not do, for it is set now and then, and what the operating system computes from it changes with it.
 */
public record ProcessBirth(String value) {
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    /** Of proc(5)'s fields of a process, counted from the one behind its name, which is the third of all. */
    private static final int START_TIME = 22 - 3;

    /** That of a process which lives; empty where there is none of this id. */
    public static Optional<ProcessBirth> of(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            // a name may hold spaces and parentheses
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Optional.of(new ProcessBirth(Files.readString(BOOT).strip() + "/" + fields[START_TIME]));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
