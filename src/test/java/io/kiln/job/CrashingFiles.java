package io.kiln.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Files of a process that is killed at the begin or in the middle of its n-th change. */
class CrashingFiles extends DurableFiles {
    /** The process is gone. */
    static class Crash extends RuntimeException {}

    private int changesLeft;

    CrashingFiles(int changes) {
        changesLeft = changes;
    }

    @Override
    void createFolders(Path folder) throws IOException {
        if (!exists(folder)) {
            step();
        }
        super.createFolders(folder);
    }

    @Override
    void move(Path source, Path target) throws IOException {
        step();
        super.move(source, target);
    }

    @Override
    void copyFolder(Path source, Path target, Runnable between) throws IOException {
        super.copyFolder(source, target, this::step);
    }

    @Override
    void forceFolder(Path root) throws IOException {
        step();
        super.forceFolder(root);
    }

    @Override
    public void delete(Path root) throws IOException {
        if (exists(root)) {
            step();
            deleteOneFile(root);
            step();
        }
        super.delete(root);
    }

    private static void deleteOneFile(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            Path file = files.filter(Files::isRegularFile).sorted().findFirst().orElse(null);
            if (file != null) {
                Files.delete(file);
            }
        }
    }

    private void step() {
        if (--changesLeft < 0) {
            throw new Crash();
        }
    }
}
