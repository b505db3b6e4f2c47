package io.kiln.tomography;

import io.kiln.integration.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Reconstructs a scan in a process of its own, where the simulated driver is started anew, and says what came of it as one number. */
final class ReconstructionDigest {
    private ReconstructionDigest() {}

    /** The SHA-256 of all images, by gridding, by backprojection and of a try. */
    static String of(Path scan, Path folder, boolean backwards) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(TestServer.QUICK_START);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                ReconstructionDigest.class.getName(),
                scan.toString(),
                folder.toString()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("SIMULATED_GPU_REVERSE");
        if (backwards) {
            builder.environment().put("SIMULATED_GPU_REVERSE", "1");
        }
        Path output = folder.resolveSibling(folder.getFileName() + ".txt");
        Process process = builder.redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("reconstructing in another process ended with " + process.exitValue());
        }
        return Files.readString(output).strip();
    }

    public static void main(String[] arguments) throws Exception {
        Path scan = Path.of(arguments[0]);
        Path folder = Path.of(arguments[1]);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        String zingers = "\"rotationAxis\": 16.3, \"dezinger\": 3, \"dezingerThreshold\": 500, \"padding\": 700";
        for (PipelineTrial trial : List.of(
                new PipelineTrial(new TomoFullPipeline(), scan, folder.resolve("gridding"), "{" + zingers + "}"),
                new PipelineTrial(
                        new TomoFullPipeline(),
                        scan,
                        folder.resolve("backprojection"),
                        "{" + zingers + ", \"reconstructionAlgorithm\": \"linerec\"}"),
                new PipelineTrial(
                        new TomoTryPipeline(),
                        scan,
                        folder.resolve("try"),
                        "{" + zingers + ", \"centerSearchWidth\": 3.5, \"nsino\": [0, 1]}"))) {
            trial.on(SimulatedGpu.last()).run();
            for (String name : trial.files()) {
                if (name.endsWith(".tiff")) {
                    digest.update(Files.readAllBytes(trial.file(name)));
                }
            }
        }
        System.out.println(HexFormat.of().formatHex(digest.digest()));
    }
}
