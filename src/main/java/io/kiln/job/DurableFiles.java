package io.kiln.job;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/** Changes of files that are on disk when they return, so that a crash cannot reorder them. Links are moved and deleted, not followed. */
public class DurableFiles {
    /** Creates the folder and those above it. */
    void createFolders(Path folder) throws IOException {
        if (exists(folder)) {
            return;
        }
        if (folder.getParent() != null) {
            createFolders(folder.getParent());
        }
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException e) {
            // another run, whose output goes there too, may have been faster
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
        force(folder.getParent());
    }

    /**
     * Moves a file or folder by one rename.
     *
     * @throws FileAlreadyExistsException where the target exists
     * @throws AtomicMoveNotSupportedException where it is on another file system
     */
    void move(Path source, Path target) throws IOException {
        if (exists(target)) {
            throw new FileAlreadyExistsException(target.toString());
        }
        Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
        force(target.getParent());
        force(source.getParent());
    }

    /**
     * Copies a folder's content and compares the copy with the original, by size and checksum, as read back.
     *
     * @param between called between files; may throw to end the copying
     */
    void copyFolder(Path source, Path target, Runnable between) throws IOException {
        Files.walkFileTree(source, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(target.resolve(source.relativize(folder).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                between.run();
                copyFile(file, target.resolve(source.relativize(file).toString()));
                return FileVisitResult.CONTINUE;
            }
        });
        forceFolder(target);
    }

    /** Makes everything in the folder, and the folder, durable. */
    void forceFolder(Path root) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile()) {
                    force(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                force(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Deletes a file or a folder with its content; nothing where it does not exist. Others may delete it at the same time. */
    public void delete(Path root) throws IOException {
        if (!exists(root)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (exists(file)) {
                    throw failure;
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
        force(root.getParent());
    }

    static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static void copyFile(Path source, Path target) throws IOException {
        CRC32C written = new CRC32C();
        try (OutputStream out = new CheckedOutputStream(Files.newOutputStream(target), written)) {
            Files.copy(source, out);
        }
        force(target);
        CRC32C found = new CRC32C();
        try (InputStream in = new CheckedInputStream(Files.newInputStream(target), found)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        if (Files.size(target) != Files.size(source) || found.getValue() != written.getValue()) {
            throw new IOException("the copy of " + source + " at " + target + " differs from it: check that disk");
        }
    }

    /** Folders too: a rename is durable once the folders that hold the names are. */
    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
