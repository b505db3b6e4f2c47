package io.kiln.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The file by which a test tells the simulated driver of a running server what fails or lasts. Another takes its place at once: the driver reads no half of it. */
record DriverControl(Path file) {
    /** With nothing to tell yet. */
    static DriverControl create(Path file) throws IOException {
        return new DriverControl(Files.createFile(file));
    }

    /** @param faults as faults.h describes them */
    void tell(String faults) throws IOException {
        Path beside = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), faults);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
