package io.kiln.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writing so that a crash leaves either nothing or everything. */
public final class Durable {
    private Durable() {}

    /** Makes the content of a file, or the names in a folder, durable. */
    public static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Gives a file that is written whole its name, durably; a file of that name is replaced. */
    public static void rename(Path written, Path name) throws IOException {
        force(written);
        Files.move(written, name, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        force(name.toAbsolutePath().getParent());
    }

    /** Writes the whole buffer from its position on. */
    public static void write(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }
}
