package io.kiln.cli.home;

import io.kiln.cli.CommandFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;

/** One command at a time starts, stops or replaces what a home holds. The operating system gives the lock back when a command dies. */
public final class HomeLock {
    private HomeLock() {}

    /** Does something after the command that is at it has ended, if there is one. */
    public static <T> T waiting(KilnHome home, Callable<T> work) throws Exception {
        try (FileChannel channel = open(home)) {
            channel.lock();
            return work.call();
        }
    }

    /**
     * Does something while no other command can.
     *
     * @throws CommandFailure when another command is at it
     */
    public static <T> T holding(KilnHome home, Callable<T> work) throws Exception {
        try (FileChannel channel = open(home)) {
            if (!locked(channel)) {
                throw new CommandFailure("Another kiln command is starting, stopping or restoring " + home.folder()
                        + ". Try again when it has ended.");
            }
            return work.call();
        }
    }

    private static FileChannel open(KilnHome home) throws IOException {
        return FileChannel.open(home.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // why: this is how Java says that the other holder is in this process
            return false;
        }
    }
}
