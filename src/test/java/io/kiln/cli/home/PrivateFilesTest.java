package io.kiln.cli.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiln.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFilesTest {
    @TempDir
    private Path folder;

    @Test
    void onlyTheOwnerReadsThem() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "old, readable by all");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        PrivateFiles.write(file, "new");
        assertThat(file).hasContent("new");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aFolderIsClosedToOthersWhetherItIsThereOrNot() throws IOException {
        Path open = Files.createDirectory(folder.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (Path each : new Path[] {open, folder.resolve("new")}) {
            PrivateFiles.folder(each);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void aPasswordIsMadeOnceAndStays() throws IOException {
        String first = PrivateFiles.password(folder.resolve("password"));
        assertThat(first).hasSize(24).matches("[A-Za-z0-9_-]+");
        assertThat(PrivateFiles.password(folder.resolve("password"))).isEqualTo(first);
        assertThat(PrivateFiles.password(folder.resolve("other"))).isNotEqualTo(first);
    }

    @Test
    void aHomeThatCannotBeMadeIsExplained() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> KilnHome.create(file.resolve("home")))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("KILN_HOME");
    }

    @Test
    void twoCommandsDoNotStartAndStopTheSameHomeAtOnce() throws Exception {
        KilnHome home = KilnHome.create(folder.resolve("home"));
        String result = HomeLock.holding(home, () -> {
            assertThatThrownBy(() -> HomeLock.holding(home, () -> "second"))
                    .hasMessageContaining(home.folder().toString());
            return "first";
        });
        assertThat(result).isEqualTo("first");
        assertThat(HomeLock.<String>holding(home, () -> "third")).isEqualTo("third");
    }
}
