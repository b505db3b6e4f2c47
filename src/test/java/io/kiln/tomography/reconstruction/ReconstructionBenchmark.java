package io.kiln.tomography.reconstruction;

import io.kiln.numeric.FourierTransform;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Slices a second of {@code fourierrec} on two threads, one pair each, from as many projections as columns, padded by half the width on each side; and, in the
 * same run, of its Fourier transforms alone.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 6, time = 2)
@Fork(3)
@Threads(2)
public class ReconstructionBenchmark {

    /** What all threads share. */
    @State(Scope.Benchmark)
    public static class Scan {
        @Param("1024")
        public int width;

        private Reconstructor reconstructor;
        private float[] values;

        @Setup
        public void prepare() {
            double[] angles = IntStream.range(0, width)
                    .mapToDouble(i -> Math.PI * i / width)
                    .toArray();
            reconstructor = Reconstructor.of(
                    ReconstructionAlgorithm.FOURIERREC, new ScanGeometry(width, angles), Filtering.standard(width));
            Random random = new Random(1);
            values = new float[width * width];
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextFloat();
            }
        }
    }

    /** One thread's buffers. */
    @State(Scope.Thread)
    public static class Pair {
        private Workspace workspace;
        private Slice first;
        private Slice second;
        private float[] real;
        private float[] imaginary;
        private float[] outReal;
        private float[] outImaginary;

        @Setup(Level.Trial)
        public void prepare(Scan scan) {
            workspace = scan.reconstructor.newWorkspace(Team.alone());
            first = new Slice(new float[scan.width * scan.width]);
            second = new Slice(new float[scan.width * scan.width]);
            real = new float[2 * scan.width];
            imaginary = new float[2 * scan.width];
            outReal = new float[2 * scan.width];
            outImaginary = new float[2 * scan.width];
        }
    }

    /** Two slices from their sinograms. */
    @Benchmark
    @OperationsPerInvocation(2)
    public Slice reconstruct(Scan scan, Pair pair) {
        double center = scan.width / 2.0;
        pair.workspace.reconstruct(
                new Sinogram(scan.values, center), new Sinogram(scan.values, center), pair.first, pair.second);
        return pair.first;
    }

    /** The transforms in two slices: one each projection, each line of the spectrum, each row of the slice. */
    @Benchmark
    @OperationsPerInvocation(2)
    public float[] transformsAlone(Scan scan, Pair pair) {
        FourierTransform transform = FourierTransform.of(2 * scan.width);
        for (int i = 0; i < 4 * scan.width; i++) {
            transform.forward(pair.real, pair.imaginary, 0, pair.outReal, pair.outImaginary, 0);
        }
        return pair.outReal;
    }

    /**
     * Runs it in processes that have the vector unit's module, then in ones that have not.
     *
     * @param arguments options of JMH's command line, over those that stand here
     */
    public static void main(String[] arguments) throws Exception {
        for (String[] modules : new String[][] {{"--add-modules=jdk.incubator.vector"}, {}}) {
            new Runner(new OptionsBuilder()
                            .parent(new CommandLineOptions(arguments))
                            .include(ReconstructionBenchmark.class.getName())
                            .jvmArgsAppend(modules)
                            .build())
                    .run()
                    .forEach(result -> System.out.printf(
                            "%s %s: %.1f ms a slice on 2 threads in the best iteration, %.1f in the mean one%n",
                            result.getParams().getBenchmark(),
                            String.join(" ", modules),
                            1000 / result.getPrimaryResult().getStatistics().getMax(),
                            1000 / result.getPrimaryResult().getScore()));
        }
    }
}
