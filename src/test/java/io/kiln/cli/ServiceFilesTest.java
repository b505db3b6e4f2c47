package io.kiln.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Container and systemd files against the checkout and the command line: what they name is there. */
class ServiceFilesTest {
    private static final Path DOCKERFILE = Path.of("docker/Dockerfile");
    private static final Path UNIT = Path.of("wildfly-config/systemd/kiln.service");
    private static final String PROGRAM = "/opt/kiln/kiln";

    @Test
    void theContainersBuildCopiesWhatIsThereAndNotLeftOut() throws IOException {
        List<String> leftOut = Files.readAllLines(Path.of(".dockerignore"));
        assertThat(copied()).isNotEmpty().allSatisfy(source -> {
            assertThat(Path.of(source)).exists();
            assertThat(leftOut).doesNotContain(source);
        });
    }

    @Test
    void theContainersBuildCopiesWhatTheBuildReads() throws IOException {
        String archive = Files.readString(Path.of("src/assembly/archive.xml"));
        List<String> read = new ArrayList<>(matches("<(?:source|directory)>([^$<]+)<", archive));
        read.addAll(matches("<directory>([^$<]+)</directory>", Files.readString(Path.of("pom.xml"))));
        read.addAll(matches("\\$\\{project\\.basedir}/([^/<]+)", Files.readString(Path.of("pom.xml"))));

        assertThat(read)
                .hasSizeGreaterThan(6)
                .allSatisfy(path ->
                        assertThat(copied()).contains(Path.of(path).getName(0).toString()));
    }

    @Test
    void theCommandsAreOnesOfTheCommandLine() throws IOException {
        String dockerfile = Files.readString(DOCKERFILE);
        List<String> commands = new ArrayList<>(matches("ExecStart=" + PROGRAM + " (.+)", Files.readString(UNIT)));
        matches("(?m)^\\s*CMD \\[(.+)]$", dockerfile).stream()
                .map(array -> array.replace('"', ' ')
                        .replace(',', ' ')
                        .replace(PROGRAM, "")
                        .strip())
                .forEach(commands::add);

        assertThat(dockerfile).contains("ENTRYPOINT [\"" + PROGRAM + "\"]");
        assertThat(commands)
                .hasSize(3)
                .allSatisfy(command -> assertThatCode(() -> Main.commandLine().parseArgs(command.split("\\s+")))
                        .as(command)
                        .doesNotThrowAnyException());
    }

    @Test
    void theSettingsAreOnesThatTheGuideExplains() throws IOException {
        String guide = Files.readString(Path.of("docs/operating.md"));
        String settings = Files.readString(DOCKERFILE)
                + Files.readString(Path.of("docker/compose.yaml"))
                + Files.readString(Path.of("docker/compose.nvidia.yaml"))
                + Files.readString(UNIT);
        Set<String> names = Set.copyOf(matches("(KILN_[A-Z_]+)", settings));

        assertThat(names)
                .hasSizeGreaterThan(5)
                .allSatisfy(name -> assertThat(guide).contains(name));
    }

    @Test
    void systemdFindsNothingWrongWithTheUnit(@TempDir Path folder) throws Exception {
        assumeThat(Path.of("/usr/bin/systemd-analyze")).isExecutable();
        Path unit = Files.writeString(
                folder.resolve(UNIT.getFileName()),
                Files.readString(UNIT)
                        .replace(PROGRAM, Path.of("kiln").toAbsolutePath().toString()));

        Process verify = new ProcessBuilder("/usr/bin/systemd-analyze", "verify", "--man=no", unit.toString())
                .redirectErrorStream(true)
                .start();

        String said = new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(verify.waitFor()).as(said).isZero();
        assertThat(said.lines().filter(line -> line.contains("kiln.service"))).isEmpty();
    }

    /** What the first stage takes from the checkout. */
    private static Set<String> copied() throws IOException {
        return matches("(?m)^COPY (?!--)(.+) \\S+$", Files.readString(DOCKERFILE)).stream()
                .flatMap(sources -> Arrays.stream(sources.split(" ")))
                .collect(Collectors.toSet());
    }

    private static List<String> matches(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
