package io.kiln.worker.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanSizeTest {
    @Test
    void aSizeIsReadAsItIsWritten() {
        assertThat(ScanSize.parse("2048x1024x256"))
                .isEqualTo(new ScanSize(2048, 1024, 256))
                .hasToString("2048x1024x256");
    }

    @Test
    void whatIsNoSizeIsRefused() {
        for (String text :
                List.of("", "1024", "1024x1024", "0x16x16", "8x1024x1", "1024x8x1", "16x16x0", "16x16x1x1")) {
            assertThatThrownBy(() -> ScanSize.parse(text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + text + "'");
        }
    }

    @Test
    void aScanIsMadeOnce(@TempDir Path folder) throws IOException {
        Path scan = new ScanSize(16, 32, 4).scan(folder);
        FileTime made = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(scan, made);

        assertThat(new ScanSize(16, 32, 4).scan(folder)).isEqualTo(scan);
        assertThat(Files.getLastModifiedTime(scan)).isEqualTo(made);
        assertThat(folder).isDirectoryContaining(scan::equals);
    }
}
