package io.kiln.picture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells whether files are still those that they were, by name, inode, size and time of change. */
final class FileDigest {
    private final MessageDigest digest;

    FileDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    FileDigest add(Path file) throws IOException {
        BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
        return add(file + "|" + is.fileKey() + "|" + is.size() + "|" + is.lastModifiedTime());
    }

    FileDigest add(String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        return this;
    }

    /** 32 hexadecimal digits; nothing can be added any more. */
    String text() {
        return HexFormat.of().formatHex(digest.digest(), 0, 16);
    }
}
