package io.kiln.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.pipeline.OutputName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputMetadataTest {
    private static final OutputName FOLDER = new OutputName("scan_rec", OutputName.Form.FOLDER);
    private static final OutputName FILE = new OutputName("scan_rec.h5", OutputName.Form.FILE);
    private static final Instant LATER = Instant.now().plusSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void aFolderIsWholeUntilAnImageIsTakenOutOfIt() throws IOException {
        Path place = Files.createDirectory(folder.resolve("scan_rec"));
        for (String file : new String[] {"recon_00000.tiff", "recon_00001.tiff", "preview.png", "recon.json"}) {
            Files.writeString(place.resolve(file), file);
        }
        assertThat(OutputMetadata.isWhole(folder, FOLDER, 2)).isTrue();

        Files.setLastModifiedTime(place, FileTime.from(LATER));
        assertThat(OutputMetadata.isWhole(folder, FOLDER, 2))
                .as("changed, but nothing is missing")
                .isTrue();

        Files.delete(place.resolve("recon_00001.tiff"));
        Files.setLastModifiedTime(place, FileTime.from(LATER));
        assertThat(OutputMetadata.isWhole(folder, FOLDER, 2)).isFalse();
    }

    @Test
    void aFolderThatWasNotChangedSinceIsNotCounted() throws IOException {
        Path place = Files.createDirectory(folder.resolve("scan_rec"));
        Files.writeString(place.resolve("recon.json"), "{}");

        assertThat(OutputMetadata.isWhole(folder, FOLDER, 2)).isTrue();
    }

    @Test
    void aFileIsWholeWhereItHoldsSomething() throws IOException {
        Path place = Files.createFile(folder.resolve("scan_rec.h5"));
        assertThat(OutputMetadata.isWhole(folder, FILE, 2)).isFalse();

        Files.writeString(place, "volume");
        assertThat(OutputMetadata.isWhole(folder, FILE, 2)).isTrue();
    }
}
