package io.kiln.job;

import io.kiln.device.DeviceId;
import io.kiln.job.ArithmeticWork.Step;
import io.kiln.pipeline.UnitRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * How much longer a lane takes than its slowest stage alone, for 60 slabs and stages of set durations: 10 ms for the slowest, 6 ms for each other. The
 * ratio of the two benchmarks is the measure; the bound, without any cost of its own, is 1 + 12 ms / 600 ms = 1.02.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
public class LaneOverlapBenchmark {
    private static final UnitRange UNITS = new UnitRange(0, 60);

    @Param({"READ", "COMPUTE", "WRITE"})
    private String slowest;

    private Path file;
    private ArithmeticWork.Event durations;

    @Setup
    public void open() throws IOException {
        file = Files.createTempFile("kiln-overlap-", "");
        durations =
                ArithmeticWork.durations(milliseconds(Step.READ), milliseconds(Step.COMPUTE), milliseconds(Step.WRITE));
    }

    @TearDown
    public void close() throws IOException {
        Files.delete(file);
    }

    @Benchmark
    public int lane() throws Exception {
        ArithmeticWork work = new ArithmeticWork(file, 1, 4, durations);
        Lane<long[]> lane = Lane.start(work, new DeviceId("cpu0"), List.of(UNITS), new PlainThreads(), () -> false);
        for (Optional<Slab<long[]>> next = lane.next(); next.isPresent(); next = lane.next()) {
            next.get().awaitRead();
            next.get().awaitWritten();
            next.get().settled();
        }
        lane.end();
        return lane.settledUnits();
    }

    @Benchmark
    public void slowestStageAlone() throws IOException {
        for (UnitRange slab : LaneShares.cut(List.of(UNITS), 1)) {
            durations.at(Step.valueOf(slowest), slab);
        }
    }

    private double milliseconds(Step step) {
        return step.name().equals(slowest) ? 10 : 6;
    }

    /**
     * Measures; takes half a minute.
     *
     * @param arguments options of JMH's command line, over those that stand here
     */
    public static void main(String[] arguments) throws Exception {
        new Runner(new OptionsBuilder()
                        .parent(new CommandLineOptions(arguments))
                        .include(LaneOverlapBenchmark.class.getName())
                        .build())
                .run();
    }
}
