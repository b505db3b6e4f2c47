package io.kiln.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.device.cuda.CudaContext;
import io.kiln.device.cuda.CudaDevice;
import io.kiln.device.cuda.CudaDevices;
import io.kiln.device.cuda.PermittedGpus;
import io.kiln.device.cuda.Ptx;
import io.kiln.device.cuda.SimulatedGpus;
import io.kiln.pipeline.Pipeline;
import io.kiln.pipeline.Plan;
import io.kiln.pipeline.PlanRequest;
import io.kiln.pipeline.SlabWork;
import io.kiln.pipeline.UnitRange;
import io.kiln.tomography.TomoFullPipeline;
import io.kiln.tomography.sample.SampleScan;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.Logger;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reading, copying to a GPU, computing, copying back and writing at once: each takes a set time. What it logs is in docs/benchmarks.md. */
@SimulatedGpus
@EnabledIfEnvironmentVariable(named = "SIMULATED_GPUS", matches = "1", disabledReason = "one run of it is enough")
class GpuLaneOverlapTest {
    private static final Logger LOG = Logger.getLogger(GpuLaneOverlapTest.class.getName());
    private static final int SLABS = 60;
    private static final int SLICES = 4;

    // so small that the simulated device itself is quick
    private static final int PROJECTIONS = 8;
    private static final int COLUMNS = 16;

    private static final Duration SLOWEST = Duration.ofMillis(30);
    private static final Duration OTHERS = Duration.ofMillis(20);

    enum Part {
        READ,
        UPLOAD,
        COMPUTE,
        DOWNLOAD,
        WRITE
    }

    @TempDir
    Path folder;

    private final CudaDevice gpu = CudaDevices.probe(PermittedGpus.ALL).gpus().get(0);
    private final CudaContext control = gpu.open();
    private final Pipeline pipeline = new TomoFullPipeline();
    private Path scan;
    private Plan plan;

    @BeforeEach
    void makeScan() throws Exception {
        scan = folder.resolve("scan.h5");
        SampleScan.body(PROJECTIONS, SLABS * SLICES, COLUMNS, COLUMNS / 2.0).write(scan);
        JsonObject parameters = pipeline.parameters()
                .resolve(Json.createObjectBuilder()
                        .add("rotationAxis", COLUMNS / 2)
                        .add("reconstructionAlgorithm", "linerec")
                        .build());
        plan = pipeline.plan(new PlanRequest(
                scan, parameters, folder, List.of(gpu), 1, gpu.memoryBytes(), () -> false, sentence -> {}));
    }

    @AfterEach
    void hurryAgain() {
        control.load(new Ptx("pace", "SIMULATED-GPU clear")).close();
        control.close();
    }

    @ParameterizedTest
    @EnumSource
    void allPartsAreAtWorkAtOnce(Part slowest) throws Exception {
        double most = 0;
        for (int trial = 0; trial < 5 && most < 2.5; trial++) {
            most = Math.max(most, atOnce(slowest, trial));
        }
        assertThat(most)
                .as("parts at work at once, on average; 3.5 on a machine that has nothing else to do")
                .isGreaterThan(2.5);
    }

    private double atOnce(Part slowest, int trial) throws Exception {
        Path out = Files.createDirectories(folder.resolve("trial" + trial));
        SlabWork<?> work = pipeline.open(plan, scan, out, gpu);
        pace(slowest);
        long start = System.nanoTime();
        StageSeconds busy =
                through(new PacedFiles<>(work, duration(Part.READ, slowest), duration(Part.WRITE, slowest)));
        double seconds = (System.nanoTime() - start) / 1e9;
        double[] parts = {busy.read(), busy.upload(), busy.compute(), busy.download(), busy.write()};
        double alone = DoubleStream.of(parts).max().orElseThrow();
        double together = DoubleStream.of(parts).sum();
        LOG.info(() -> String.format(
                Locale.ROOT,
                "slowest: %s; the lane took %.0f ms, %.2f times its slowest part; all parts took %.0f ms",
                slowest,
                seconds * 1000,
                seconds / alone,
                together * 1000));
        return together / seconds;
    }

    private <S> StageSeconds through(SlabWork<S> work) throws Exception {
        List<UnitRange> slabs = IntStream.range(0, SLABS)
                .mapToObj(slab -> new UnitRange(slab * SLICES, (slab + 1) * SLICES))
                .toList();
        Lane<S> lane = Lane.start(work, gpu.id(), slabs, new PlainThreads(), () -> false);
        for (Optional<Slab<S>> next = lane.next(); next.isPresent(); next = lane.next()) {
            next.get().awaitRead();
            next.get().awaitWritten();
            next.get().settled();
        }
        StageSeconds busy = lane.seconds();
        lane.end();
        return busy;
    }

    /** Copies, and the kernel that is launched once for four slices, last as long as is said. */
    private void pace(Part slowest) {
        String text = String.format(
                "SIMULATED-GPU clear;call=cuMemcpyHtoDAsync microseconds=%d;call=backproject microseconds=%d;"
                        + "call=cuMemcpyDtoHAsync microseconds=%d",
                duration(Part.UPLOAD, slowest).toNanos() / 1000,
                duration(Part.COMPUTE, slowest).toNanos() / 1000,
                duration(Part.DOWNLOAD, slowest).toNanos() / 1000);
        control.load(new Ptx("pace", text)).close();
    }

    private static Duration duration(Part part, Part slowest) {
        return part == slowest ? SLOWEST : OTHERS;
    }
}
