package io.kiln.cli.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiln.cli.home.KilnHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeFilesTest {
    @TempDir
    private Path folder;

    private KilnHome home;
    private HomeFiles files;

    @BeforeEach
    void makeHome() throws IOException {
        home = new KilnHome(Files.createDirectories(folder.resolve("home")));
        files = new HomeFiles(home);
        write(home.adminPassword(), "old");
        write(home.users().resolve("eva"), "old");
        write(home.users().resolve("left"), "old");
    }

    private static void write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    /** A backup that has these files of the home, each with "new" in it. */
    private ZipFile backup(Path... entries) throws IOException {
        Path file = folder.resolve("backup.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Path entry : entries) {
                zip.putNextEntry(new ZipEntry(files.entry(entry)));
                zip.write("new".getBytes());
                zip.closeEntry();
            }
        }
        return new ZipFile(file.toFile());
    }

    private List<Path> all() throws IOException {
        try (Stream<Path> tree = Files.walk(home.folder())) {
            return tree.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Test
    void nothingIsReplacedBeforeEverythingIsWritten() throws IOException {
        Path eva = home.users().resolve("eva");
        Path adam = home.users().resolve("a/adam");
        try (ZipFile zip = backup(home.adminPassword(), eva, adam);
                RestoredFiles staged = files.stage(zip)) {
            assertThat(home.adminPassword()).hasContent("old");
            assertThat(eva).hasContent("old");

            staged.putInPlace();
        }
        assertThat(all()).containsExactlyInAnyOrder(home.adminPassword(), eva, adam);
        assertThat(all()).allSatisfy(file -> assertThat(file).hasContent("new"));
    }

    @Test
    void whereOneCannotBeWrittenAllStaysAsItWas() throws IOException {
        List<Path> before = all();
        // a folder cannot be made where a file is
        try (ZipFile zip = backup(home.adminPassword(), home.users().resolve("eva/eva"))) {
            assertThatThrownBy(() -> files.stage(zip)).isInstanceOf(IOException.class);
        }
        assertThat(all()).isEqualTo(before);
        assertThat(all()).allSatisfy(file -> assertThat(file).hasContent("old"));
    }
}
