package io.kiln.cli.home;

import io.kiln.volume.Durable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/** Files that only their owner reads, written whole or not at all; and the secrets that go into them. */
public final class PrivateFiles {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final int PASSWORD_BYTES = 18;
    private static final SecureRandom RANDOM = new SecureRandom();

    private PrivateFiles() {}

    /** Makes a folder that only its owner enters, or closes one that is there to others. */
    public static void folder(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }

    /** Replaces a file's content. The file has mode 0600 before its first byte is written. */
    public static void write(Path file, String content) throws IOException {
        Path aside = writeAside(file, content);
        try {
            Durable.rename(aside, file);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    /** Writes the content into a file of mode 0600 beside the one whose place it is to take, and returns that file. */
    public static Path writeAside(Path file, String content) throws IOException {
        Path aside = Files.createTempFile(
                file.getParent(), file.getFileName() + ".", ".new", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        boolean done = false;
        try {
            Files.writeString(aside, content);
            Durable.force(aside);
            done = true;
            return aside;
        } finally {
            if (!done) {
                Files.deleteIfExists(aside);
            }
        }
    }

    /** Returns the password in a file, which is made with a new one when it is not there. */
    public static String password(Path file) throws IOException {
        if (!Files.exists(file)) {
            write(file, newPassword() + "\n");
        }
        return Files.readString(file).strip();
    }

    /** Returns 24 random characters that need no quoting anywhere. */
    public static String newPassword() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
