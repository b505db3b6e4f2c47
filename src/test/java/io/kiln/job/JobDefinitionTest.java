package io.kiln.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class JobDefinitionTest {
    private static final Path FOLDER = Path.of("batch-jobs");

    @Test
    void everyJobIsNamedAsItsFile() throws Exception {
        for (Path file : definitions()) {
            String id = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(file.toFile())
                    .getDocumentElement()
                    .getAttribute("id");
            assertThat(id + ".xml").isEqualTo(file.getFileName().toString());
        }
    }

    @Test
    void jobsDifferInTheirNamesAlone() throws IOException {
        assertThat(withoutId("tomo-try")).isEqualTo(withoutId("tomo-full"));
    }

    private static String withoutId(String name) throws IOException {
        return Files.readString(FOLDER.resolve(name + ".xml")).replace("id=\"" + name + "\"", "");
    }

    private static List<Path> definitions() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".xml")).toList();
        }
    }
}
