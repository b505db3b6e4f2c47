package io.kiln.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VectorUnitTest {
    /** Asked of this Java itself, for the words are HotSpot's own. */
    @ParameterizedTest
    @CsvSource({"-XX:+TieredCompilation, true", "-XX:TieredStopAtLevel=1, false", "-Xint, false"})
    void isLeftAloneWithoutTheCompilerThatKnowsIt(String option, boolean expected) throws Exception {
        assertThat(VectorUnit.isOptimizing(whatJavaSaysOfItself(option))).isEqualTo(expected);
    }

    private static String whatJavaSaysOfItself(String option) throws IOException, InterruptedException {
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        option,
                        "-XshowSettings:properties",
                        "-version")
                .redirectErrorStream(true)
                .start();
        String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(java.waitFor()).as(said).isZero();
        assertThat(said).contains("java.vm.info = ");
        return said.lines()
                .filter(line -> line.contains("java.vm.info"))
                .findFirst()
                .orElseThrow();
    }
}
