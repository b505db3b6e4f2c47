package io.kiln.cli.remote;

import io.kiln.cli.CommandFailure;
import io.kiln.cli.client.KilnClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/** Fetches files whole or not at all: each is written aside, synced, and renamed. */
final class FileDownload {
    private final KilnClient client;
    private final boolean force;

    /** @param force whether files that are there are replaced */
    FileDownload(KilnClient client, boolean force) {
        this.client = client;
        this.force = force;
    }

    /** @throws CommandFailure when the file is there already, or its answer breaks off */
    void fetch(String address, Map<String, String> query, Path file) throws IOException {
        if (!force && Files.exists(file)) {
            throw new CommandFailure(file + " is there already; name another place, or give --force");
        }
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        try (InputStream content = client.stream(KilnClient.with(address, query), Map.of())) {
            Path aside = Files.createTempFile(folder, "." + file.getFileName(), ".part");
            try {
                Files.copy(content, aside, StandardCopyOption.REPLACE_EXISTING);
                try (FileChannel channel = FileChannel.open(aside, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
                Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(aside);
            }
        }
    }
}
