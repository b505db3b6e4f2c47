package io.kiln.api.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.kiln.persistence.UnknownIdException;
import io.kiln.pipeline.OutputName.Form;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunOutputTest {
    @TempDir
    Path root;

    private Path folder;

    @BeforeEach
    void publish() throws IOException {
        folder = Files.createDirectories(root.resolve("scans_rec/a_rec"));
        Files.writeString(folder.resolve("recon_00000.tiff"), "slice");
        Files.writeString(folder.resolve("preview.png"), "picture");
        Files.writeString(root.resolve("scans_rec/a_rec.h5"), "volume");
        Files.writeString(root.resolve("scans_rec/a_rec.json"), "{}");
        Files.writeString(root.resolve("scans_rec/b_rec.h5"), "another run's");
        Files.writeString(root.resolve("secret"), "not output");
    }

    @Test
    void aFolderOutputsFilesAreListedByPath() throws IOException {
        assertThat(new RunOutput(folder, Form.FOLDER).files())
                .extracting(OutputFile::path, OutputFile::bytes)
                .containsExactly(tuple("preview.png", 7L), tuple("recon_00000.tiff", 5L));
    }

    @Test
    void aFileOutputIsListedWithItsMetadataButNotWithItsNeighbours() throws IOException {
        assertThat(new RunOutput(root.resolve("scans_rec/a_rec.h5"), Form.FILE).files())
                .extracting(OutputFile::path)
                .containsExactly("a_rec.h5", "a_rec.json");
    }

    @Test
    void beforePublishingThereAreNoFiles() throws IOException {
        assertThat(new RunOutput(root.resolve("scans_rec/c_rec"), Form.FOLDER).files())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../b_rec.h5", "../../secret", "/etc/passwd", "nothing.tiff", "", "."})
    void nothingOutsideOfAFolderOutputIsReachable(String path) {
        assertThatThrownBy(() -> new RunOutput(folder, Form.FOLDER).file(path))
                .isInstanceOf(UnknownIdException.class)
                .hasMessageContaining("'" + path + "'");
    }

    @Test
    void aLinkThatLeadsOutIsNotFollowed() throws IOException {
        Files.createSymbolicLink(folder.resolve("link"), root.resolve("secret"));
        Files.createSymbolicLink(folder.resolve("up"), root);

        assertThat(new RunOutput(folder, Form.FOLDER).files())
                .extracting(OutputFile::path)
                .doesNotContain("link");
        assertThatThrownBy(() -> new RunOutput(folder, Form.FOLDER).file("link"))
                .isInstanceOf(UnknownIdException.class);
        assertThatThrownBy(() -> new RunOutput(folder, Form.FOLDER).file("up/secret"))
                .isInstanceOf(UnknownIdException.class);
    }

    @Test
    void aFileOutputGivesOnlyItsOwnFiles() throws IOException {
        RunOutput output = new RunOutput(root.resolve("scans_rec/a_rec.h5"), Form.FILE);

        assertThat(output.file("a_rec.json")).hasContent("{}");
        assertThatThrownBy(() -> output.file("b_rec.h5")).isInstanceOf(UnknownIdException.class);
    }

    @Test
    void thePreviewStandsInTheFolderOrBesideTheFile() throws IOException {
        Files.writeString(root.resolve("scans_rec/a_rec.png"), "beside");

        assertThat(new RunOutput(folder, Form.FOLDER).preview()).hasContent("picture");
        assertThat(new RunOutput(root.resolve("scans_rec/a_rec.h5"), Form.FILE).preview())
                .hasContent("beside");
    }
}
