package io.kiln.device.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiln.volume.SampleType;
import io.kiln.volume.Samples;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SimulatedGpus
class CudaContextTest {
    private static final int COUNT = 100_003;
    private static final int THREADS = 256;
    private static final double LOW = -1.5;
    private static final double HIGH = 2.25;

    private CudaContext context;

    @BeforeEach
    void open() {
        context = CudaDevices.probe(PermittedGpus.ALL).gpus().get(0).open();
    }

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    void bytesComeBackAsTheyWereSent() {
        byte[] data = random(1 << 20);
        try (PinnedMemory host = context.allocatePinned(data.length);
                DeviceMemory device = context.allocate(data.length);
                DeviceMemory other = context.allocate(data.length);
                CudaStream stream = context.newStream()) {
            host.buffer().put(data);
            stream.upload(host, 1000, device, 0, data.length - 1000);
            stream.copy(device, 0, other, 1000, data.length - 1000);
            stream.fill(other, 0, 1000, (byte) 7);
            stream.download(other, 0, host, 0, data.length);
            stream.await();
            byte[] back = new byte[data.length];
            host.buffer().get(back);
            for (int i = 0; i < back.length; i++) {
                assertThat(back[i]).isEqualTo(i < 1000 ? 7 : data[i]);
            }
        }
    }

    @Test
    void aKernelGivesTheBytesThatTheProcessorGives() {
        float[] values = values(1);
        assertThat(pixels(context, values, SampleType.UINT16)).isEqualTo(encoded(values, SampleType.UINT16));
        assertThat(pixels(context, values, SampleType.UINT8)).isEqualTo(encoded(values, SampleType.UINT8));
    }

    @Test
    void allGpusWorkAtOnceAndAnyThreadMayCallThem() throws Exception {
        List<CudaDevice> gpus = CudaDevices.probe(PermittedGpus.ALL).gpus();
        ExecutorService threads = Executors.newFixedThreadPool(3 * gpus.size());
        try {
            List<Future<Boolean>> results = gpus.stream()
                    .flatMap(gpu -> List.of(1, 2, 3).stream()
                            .map(seed -> threads.submit(() -> {
                                try (CudaContext own = gpu.open()) {
                                    float[] values = values(100 * gpu.number() + seed);
                                    return java.util.Arrays.equals(
                                            pixels(own, values, SampleType.UINT16), encoded(values, SampleType.UINT16));
                                }
                            })))
                    .toList();
            for (Future<Boolean> result : results) {
                assertThat(result.get()).isTrue();
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void aStreamWaitsForAnother() {
        try (PinnedMemory host = context.allocatePinned(1 << 20);
                DeviceMemory device = context.allocate(1 << 20);
                CudaStream first = context.newStream();
                CudaStream second = context.newStream()) {
            for (byte round = 0; round < 20; round++) {
                first.fill(device, 0, device.bytes(), round);
                try (CudaEvent filled = first.record()) {
                    second.waitFor(filled);
                    second.download(device, 0, host, 0, device.bytes());
                    try (CudaEvent copied = second.record()) {
                        copied.await();
                        assertThat(host.buffer().get(1 << 19)).isEqualTo(round);
                        assertThat(copied.millisecondsSince(filled)).isBetween(0.0, 10_000.0);
                    }
                }
            }
        }
    }

    @Test
    void tellsHowMuchMemoryIsFree() {
        long before = context.freeMemory();
        try (DeviceMemory memory = context.allocate(100_000_000)) {
            assertThat(context.freeMemory()).isLessThanOrEqualTo(before - memory.bytes());
        }
        assertThat(context.freeMemory()).isEqualTo(before);
    }

    @Test
    void refusesPinnedMemoryThatNoBufferCanShow() {
        assertThatThrownBy(() -> context.allocatePinned(3L << 30))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3221225472 bytes")
                .hasMessageContaining("several times");
    }

    @Test
    void refusesToCopyPastTheEnd() {
        try (PinnedMemory host = context.allocatePinned(100);
                DeviceMemory device = context.allocate(100);
                CudaStream stream = context.newStream()) {
            assertThatThrownBy(() -> stream.upload(host, 1, device, 0, 100))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> stream.download(device, 99, host, 0, 2))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void refusesMemoryThatWasGivenBack() {
        DeviceMemory memory = context.allocate(100);
        memory.close();
        try (CudaStream stream = context.newStream()) {
            assertThatThrownBy(() -> stream.fill(memory, 0, 100, (byte) 0)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void refusesArgumentsThatAKernelDoesNotTake() {
        try (DeviceMemory memory = context.allocate(4);
                CudaStream stream = context.newStream();
                CudaProgram program = context.load(Ptx.named("samples"))) {
            Kernel kernel = program.kernel("samples_uint8");
            KernelArguments tooFew = new KernelArguments().add(memory).add(memory);
            KernelArguments wrong = new KernelArguments()
                    .add(memory)
                    .add(memory)
                    .add(4)
                    .add(LOW)
                    .add(HIGH);
            for (KernelArguments arguments : List.of(tooFew, wrong)) {
                assertThatThrownBy(() -> kernel.launch(stream, Dimensions.of(1), Dimensions.of(THREADS), 0, arguments))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("samples_uint8 takes [u64, u64, u64, f64, f64]");
            }
        }
    }

    @Test
    void measuresEachLaunchWhereItIsAskedTo() {
        LaunchClock clock = new LaunchClock();
        CudaDevice gpu = CudaDevices.probe(PermittedGpus.ALL).gpus().get(0).timedBy(clock);
        context.load(new Ptx("pace", "SIMULATED-GPU call=samples_uint8 microseconds=20000"))
                .close();
        try (CudaContext timed = gpu.open()) {
            pixels(timed, new float[] {0}, SampleType.UINT8);
            pixels(timed, new float[] {0, 1}, SampleType.UINT8);
            pixels(timed, new float[] {0}, SampleType.UINT16);
            SortedMap<String, KernelTime> times = clock.take();

            assertThat(times.keySet()).containsExactly("samples_uint16", "samples_uint8");
            assertThat(times.get("samples_uint8").launches()).isEqualTo(2);
            assertThat(times.get("samples_uint8").bytes()).isEqualTo(3 * (4 + 1));
            assertThat(times.get("samples_uint8").seconds()).isGreaterThan(0.039);
            assertThat(times.get("samples_uint16").bytes()).isEqualTo(4 + 2);
            assertThat(clock.take()).isEmpty();
        } finally {
            context.load(new Ptx("pace", "SIMULATED-GPU clear")).close();
        }
    }

    @Test
    void namesAKernelThatIsNotThere() {
        try (CudaProgram program = context.load(Ptx.named("samples"))) {
            assertThatThrownBy(() -> program.kernel("samples_uint7"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("program samples has no kernel samples_uint7");
        }
    }

    @Test
    void whatIsLaunchedTooLargeIsRefusedByTheDriver() {
        try (DeviceMemory memory = context.allocate(4);
                CudaStream stream = context.newStream();
                CudaProgram program = context.load(Ptx.named("samples"))) {
            KernelArguments arguments = new KernelArguments()
                    .add(memory)
                    .add(memory)
                    .add(0L)
                    .add(LOW)
                    .add(HIGH);
            assertThatThrownBy(() -> program.kernel("samples_uint8")
                            .launch(stream, Dimensions.of(1), Dimensions.of(1025), 0, arguments))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("gpu0: CUDA_ERROR_INVALID_VALUE while launching kernel samples_uint8"
                            + " as 1 × 1 × 1 blocks of 1025 × 1 × 1 threads");
        }
    }

    private static byte[] pixels(CudaContext context, float[] values, SampleType type) {
        int bytes = values.length * type.bytes();
        double factor = ((1L << 8 * type.bytes()) - 1) / (HIGH - LOW);
        try (PinnedMemory host = context.allocatePinned(4L * values.length);
                DeviceMemory input = context.allocate(4L * values.length);
                DeviceMemory output = context.allocate(bytes);
                CudaStream stream = context.newStream();
                CudaProgram program = context.load(Ptx.named("samples"))) {
            host.buffer().asFloatBuffer().put(values);
            stream.upload(host, 0, input, 0, input.bytes());
            program.kernel(type == SampleType.UINT16 ? "samples_uint16" : "samples_uint8")
                    .launch(
                            stream,
                            Dimensions.of(Dimensions.blocks(values.length, THREADS)),
                            Dimensions.of(THREADS),
                            0,
                            new KernelArguments()
                                    .add(input)
                                    .add(output)
                                    .add((long) values.length)
                                    .add(LOW)
                                    .add(factor)
                                    .moving(4L * values.length + bytes));
            stream.download(output, 0, host, 0, bytes);
            stream.await();
            byte[] pixels = new byte[bytes];
            host.buffer().get(pixels);
            return pixels;
        }
    }

    private static byte[] encoded(float[] values, SampleType type) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        new Samples(type, LOW, HIGH).encode(values, 0, values.length, bytes);
        return bytes.array();
    }

    private static float[] values(int seed) {
        Random random = new Random(seed);
        float[] values = new float[COUNT];
        for (int i = 0; i < COUNT; i++) {
            values[i] = 5 * random.nextFloat() - 2;
        }
        values[17] = Float.NaN;
        values[18] = Float.POSITIVE_INFINITY;
        return values;
    }

    private static byte[] random(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }
}
