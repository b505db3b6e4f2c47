package io.kiln.worker;

import io.kiln.device.Devices;
import io.kiln.pipeline.Pipeline;
import io.kiln.pipeline.PipelineName;
import io.kiln.worker.bench.Bench;
import io.kiln.worker.bench.ScanSize;
import io.kiln.worker.execution.Container;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures this machine. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description =
                "Measure this machine on sample scans: a table on standard error, everything as JSON on standard output.")
final class BenchCommand implements Callable<Integer> {
    private static final PipelineName PIPELINE = new PipelineName("tomo-full");

    @Option(
            names = "--sizes",
            paramLabel = "SIZE",
            split = ",",
            defaultValue = "1024x1024x64",
            description = "Projections x columns x rows, separated by commas (default: ${DEFAULT-VALUE}).")
    private List<String> sizes;

    @Option(
            names = "--algorithms",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "fourierrec,linerec",
            description = "Which are measured (default: ${DEFAULT-VALUE}).")
    private List<String> algorithms;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            required = true,
            description = "Where scans and outputs go; scans stay there for the next call.")
    private Path folder;

    @Option(names = "--devices", paramLabel = "DEVICES", defaultValue = "1", description = "As with: kiln-worker run.")
    private String devices;

    @Mixin
    private Machine machine;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<ScanSize> measured = sizes();
        Devices available = machine.devices();
        Path place = Files.createDirectories(folder.toAbsolutePath());
        try (Container container = Container.start(available)) {
            Pipeline pipeline = container.pipelines().get(PIPELINE);
            Bench bench = new Bench(container, pipeline, DeviceSelection.of(devices, available), place, System.err);
            System.out.println(JsonText.pretty(bench.measure(measured, algorithms)));
        }
        return ExitStatus.COMPLETED.code();
    }

    private List<ScanSize> sizes() {
        try {
            return sizes.stream().map(ScanSize::parse).toList();
        } catch (IllegalArgumentException e) {
            throw new WorkerFailure(ExitStatus.USAGE, "--sizes: " + e.getMessage());
        }
    }
}
