package io.kiln.cli.home;

import io.kiln.cli.CommandFailure;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;

/** One command at a time starts, stops or replaces what a home holds. The operating system gives the lock back when a command dies. */
public final class HomeLock {
    private HomeLock() {}

    /**
     * Does something while no other command can.
     *
     * @throws CommandFailure when another command is at it
     */
    public static <T> T holding(KilnHome home, Callable<T> work) throws Exception {
        try (FileChannel channel =
                FileChannel.open(home.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new CommandFailure("Another kiln command is starting, stopping or restoring " + home.folder()
                        + ". Try again when it has ended.");
            }
            return work.call();
        }
    }
}
