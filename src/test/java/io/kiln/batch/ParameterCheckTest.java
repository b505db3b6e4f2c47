package io.kiln.batch;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiln.pipeline.InvalidParametersException;
import io.kiln.pipeline.Pipelines;
import io.kiln.root.DataRoots;
import io.kiln.root.TestRoots;
import io.kiln.tomography.TomoTryPipeline;
import jakarta.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParameterCheckTest {
    private final ParameterCheck check = new ParameterCheck(new Pipelines(List.of(new TomoTryPipeline())));

    @TempDir
    private Path folder;

    private DataRoots roots;

    @BeforeEach
    void aRoot() throws IOException {
        Path root = Files.createDirectory(folder.resolve("data")).toRealPath();
        roots = TestRoots.of(folder, TestRoots.root(root));
    }

    @Test
    void aFolderIsNoFileOfFlatFields() throws IOException {
        Path other = Files.createDirectory(folder.resolve("data/flats"));

        assertThatThrownBy(() -> check(other.toString()))
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageContaining("flatFile is '" + other + "', but that is a folder, not a file; name a file");
        assertThatThrownBy(() -> check("")).hasMessageContaining("flatFile is '', but that is a folder");
    }

    @Test
    void aFileMayComeLater() throws IOException {
        Path flats = folder.resolve("data/flats.h5");
        assertThatCode(() -> check(flats.toString())).doesNotThrowAnyException();

        Files.writeString(flats, "flat fields");

        assertThatCode(() -> check(flats.toString())).doesNotThrowAnyException();
    }

    private void check(String flatFile) {
        check.check(
                Optional.empty(),
                Json.createObjectBuilder().add("flatFile", flatFile).build(),
                roots);
    }
}
