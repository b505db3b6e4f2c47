package io.kiln.device.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import jcuda.nvptxcompiler.JNvPTXCompiler;
import jcuda.nvptxcompiler.nvPTXCompileResult;
import jcuda.nvptxcompiler.nvPTXCompilerHandle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The committed translations of the kernels: made from what the sources say now, and understood for every GPU that is supported. */
class PtxTest {
    private static final Path SOURCES = Path.of("src/main/cuda");
    /** The oldest and the newest that each compiler knows of those supported. */
    private static final List<String> OLDER_GPUS = List.of("sm_75", "sm_90");

    private static final List<String> NEWER_GPUS = List.of("sm_120");

    static List<String> programs() throws IOException {
        return files(".cu").stream()
                .map(path -> path.getFileName().toString().replace(".cu", ""))
                .toList();
    }

    private static List<Path> files(String ending) throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("programs")
    void isMadeFromItsSource(String program) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(Files.readAllBytes(SOURCES.resolve(program + ".cu")));
        for (Path header : files(".cuh")) {
            digest.update(Files.readAllBytes(header));
        }
        assertThat(Ptx.named(program).text())
                .as("run src/main/cuda/build-ptx where nvcc is installed, and commit what it writes")
                .contains(" " + HexFormat.of().formatHex(digest.digest()) + "\n")
                .contains(".version 7.0\n", ".target sm_75\n");
    }

    @ParameterizedTest
    @MethodSource("programs")
    void isUnderstoodForGpusFromTuringToHopper(String program) {
        JNvPTXCompiler.setExceptionsEnabled(false);
        for (String gpu : OLDER_GPUS) {
            nvPTXCompilerHandle compiler = new nvPTXCompilerHandle();
            byte[] image = Ptx.named(program).image();
            assertThat(JNvPTXCompiler.nvPTXCompilerCreate(compiler, image.length, image))
                    .isZero();
            int result = JNvPTXCompiler.nvPTXCompilerCompile(compiler, 1, new String[] {"--gpu-name=" + gpu});
            assertThat(result)
                    .as(() -> gpu + ": " + errors(compiler))
                    .isEqualTo(nvPTXCompileResult.NVPTXCOMPILE_SUCCESS);
            JNvPTXCompiler.nvPTXCompilerDestroy(compiler);
        }
    }

    private static String errors(nvPTXCompilerHandle compiler) {
        long[] size = new long[1];
        JNvPTXCompiler.nvPTXCompilerGetErrorLogSize(compiler, size);
        byte[] text = new byte[Math.toIntExact(size[0]) + 1];
        JNvPTXCompiler.nvPTXCompilerGetErrorLog(compiler, text);
        return new String(text, StandardCharsets.UTF_8).strip();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void isUnderstoodForNewerGpus(String program) throws Exception {
        assumeTrue(hasPtxas(), "ptxas of CUDA 12.8 or newer is not installed, which knows the newest GPUs");
        for (String gpu : NEWER_GPUS) {
            Process ptxas = new ProcessBuilder(
                            "ptxas",
                            "-arch=" + gpu,
                            "-o",
                            "/dev/null",
                            SOURCES.resolve(program + ".ptx").toString())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(ptxas.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(ptxas.waitFor()).as(gpu + ": " + output).isZero();
        }
    }

    private static boolean hasPtxas() throws IOException, InterruptedException {
        try {
            Process ptxas = new ProcessBuilder("ptxas", "--help")
                    .redirectErrorStream(true)
                    .start();
            String help = new String(ptxas.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return ptxas.waitFor() == 0 && help.contains("sm_120");
        } catch (IOException e) {
            return false;
        }
    }
}
