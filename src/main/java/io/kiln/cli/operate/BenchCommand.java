package io.kiln.cli.operate;

import io.kiln.cli.CommandFailure;
import io.kiln.cli.server.Installation;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures what docs/benchmarks.md says: runs the classes named {@code *Benchmark} that stand beside the tests. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measure, in a checkout: run all benchmarks, or those that are named.")
public final class BenchCommand implements Callable<Integer> {
    private static final String SUFFIX = "Benchmark";

    private static final List<String> ONE_SHORT_ITERATION =
            List.of("-f", "1", "-wi", "1", "-w", "1", "-i", "1", "-r", "1", "-foe", "true");

    @Option(names = "--quick", description = "One short iteration each: shows that they run, measures little.")
    private boolean quick;

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "Part of a benchmark's name.")
    private List<String> names = List.of();

    @Override
    public Integer call() throws Exception {
        Path checkout = Installation.current()
                .checkout()
                .orElseThrow(() -> new CommandFailure("Benchmarks stand beside the tests: run this in a checkout."));
        Path target = checkout.resolve("target");
        Path classPathFile = target.resolve("test.classpath");
        run(
                checkout,
                List.of(
                        "mvn",
                        "-q",
                        "-B",
                        "-ntp",
                        "test-compile",
                        "dependency:build-classpath",
                        "-Dspotless.check.skip=true",
                        "-Dmdep.outputFile=" + classPathFile));
        List<String> benchmarks = find(target.resolve("test-classes"));
        if (benchmarks.isEmpty()) {
            throw new CommandFailure("No benchmark has " + names + " in its name.");
        }
        String classPath = String.join(
                File.pathSeparator,
                target.resolve("test-classes").toString(),
                target.resolve("classes").toString(),
                Files.readString(classPathFile).strip());
        for (String benchmark : benchmarks) {
            List<String> command = new ArrayList<>(List.of(java(), "-cp", classPath, benchmark));
            command.addAll(quick ? ONE_SHORT_ITERATION : List.of());
            run(checkout, command);
        }
        return 0;
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private List<String> find(Path classes) throws IOException {
        try (Stream<Path> files = Files.walk(classes)) {
            return files.map(file -> classes.relativize(file).toString())
                    .filter(file -> file.endsWith(SUFFIX + ".class"))
                    .map(file ->
                            file.substring(0, file.length() - ".class".length()).replace(File.separatorChar, '.'))
                    .filter(name -> names.isEmpty() || names.stream().anyMatch(name::contains))
                    .sorted()
                    .toList();
        }
    }

    private static void run(Path folder, List<String> command) throws IOException, InterruptedException {
        int status = new ProcessBuilder(command)
                .directory(folder.toFile())
                .inheritIO()
                .start()
                .waitFor();
        if (status != 0) {
            throw new CommandFailure(command.get(0) + " ended with status " + status + ".");
        }
    }
}
