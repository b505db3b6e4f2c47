package io.kiln.integration;

import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system of a few MiB in memory, mounted on a folder. */
public final class SmallDisk implements AutoCloseable {
    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Mounts one; the test is skipped where this user may not. */
    public static SmallDisk mount(Path folder, int mebibytes) throws IOException {
        Files.createDirectories(folder);
        assumeThat(status("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "kiln-test", folder.toString()))
                .as("exit status of mounting a tmpfs, which takes root")
                .isZero();
        return new SmallDisk(folder);
    }

    /** Takes all space but this much with a file, and returns it. */
    public Path fill(long bytesLeft) throws IOException {
        Path filler = folder.resolve("filler");
        byte[] block = new byte[1 << 16];
        try (var out = Files.newOutputStream(filler)) {
            while (Files.getFileStore(folder).getUsableSpace() > bytesLeft + block.length) {
                out.write(block);
            }
        }
        return filler;
    }

    private static int status(String... command) throws IOException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        // the server may be about to close a file of it
        await().atMost(Patience.LIMIT).until(() -> status("umount", folder.toString()) == 0);
    }
}
