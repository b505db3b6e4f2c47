package io.kiln.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jhdf.HdfFile;
import io.kiln.volume.hdf5.Hdf5File;
import io.kiln.volume.hdf5.Hdf5Volume;
import io.kiln.volume.tiff.TiffStack;
import java.awt.image.Raster;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VolumeWriterTest {
    private static final int WIDTH = 13;
    private static final int HEIGHT = 5;
    private static final int SLICES = 7;
    private static final Map<String, String> ATTRIBUTES = Map.of("axes", "y:θ:x", "units", "1/px");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(SampleType.class)
    void imageIoReadsTheTiffsBack(SampleType type) throws IOException {
        Samples samples = new Samples(type, -10, 600);
        try (TiffStack stack = new TiffStack(folder, slice -> "s" + slice + ".tiff", WIDTH, HEIGHT, samples)) {
            stack.write(3, values(3), 0);
            stack.force(3, 4);
            Raster read = ImageIO.read(stack.path(3).toFile()).getRaster();
            assertThat(read.getWidth()).isEqualTo(WIDTH);
            assertThat(read.getHeight()).isEqualTo(HEIGHT);
            assertThat(read.getNumBands()).isEqualTo(1);
            float[] stored = read.getSamples(0, 0, WIDTH, HEIGHT, 0, (float[]) null);
            assertThat(stored).isEqualTo(encoded(samples, values(3)));
            assertThat(Files.size(stack.path(3))).isEqualTo(TiffStack.fileBytes(WIDTH, HEIGHT, samples));
        }
    }

    @Test
    void aTiffThatIsWrittenAgainIsReplaced() throws IOException {
        try (TiffStack stack = new TiffStack(folder, slice -> "s.tiff", WIDTH, HEIGHT, Samples.floats())) {
            stack.write(0, values(0), 0);
            stack.write(0, values(1), 0);
            assertThat(ImageIO.read(stack.path(0).toFile()).getRaster().getSampleFloat(2, 0, 0))
                    .isEqualTo(values(1)[2]);
        }
    }

    @ParameterizedTest
    @EnumSource(SampleType.class)
    void jhdfReadsTheHdf5Back(SampleType type) throws IOException {
        Path path = folder.resolve("scan_rec.h5");
        Samples samples = new Samples(type, -10, 600);
        write(path, samples, IntStream.of(6, 0, 3, 1, 5, 2, 4));
        try (HdfFile file = new HdfFile(path)) {
            assertThat(file.getDatasetByPath("/exchange/data").getDimensions()).containsExactly(SLICES, HEIGHT, WIDTH);
            assertThat(file.getDatasetByPath("/exchange/data")
                            .getAttribute("axes")
                            .getData())
                    .isEqualTo("y:θ:x");
        }
        try (Hdf5File file = Hdf5File.open(path)) {
            ArraySource array = file.array("/exchange/data");
            for (int slice = 0; slice < SLICES; slice++) {
                assertThat(read(array, slice)).isEqualTo(encoded(samples, values(slice)));
            }
        }
    }

    @Test
    void anHdf5VolumeThatIsThereKeepsItsSlices() throws IOException {
        Path path = folder.resolve("scan_rec.h5");
        write(path, Samples.floats(), IntStream.of(1));
        write(path, Samples.floats(), IntStream.of(2));
        try (Hdf5File file = Hdf5File.open(path)) {
            assertThat(read(file.array("/exchange/data"), 1)).isEqualTo(values(1));
            assertThat(read(file.array("/exchange/data"), 2)).isEqualTo(values(2));
            assertThat(read(file.array("/exchange/data"), 3)).containsOnly(0);
        }
    }

    @Test
    void lanesWriteOneHdf5VolumeAtOnce() throws Exception {
        Path path = folder.resolve("scan_rec.h5");
        write(path, Samples.floats(), IntStream.empty());
        ExecutorService lanes = Executors.newFixedThreadPool(SLICES);
        try {
            List<Future<Void>> written = new ArrayList<>();
            for (int lane = 0; lane < SLICES; lane++) {
                int slice = lane;
                written.add(lanes.submit(() -> {
                    write(path, Samples.floats(), IntStream.of(slice));
                    return null;
                }));
            }
            for (Future<Void> one : written) {
                one.get();
            }
        } finally {
            lanes.shutdown();
        }
        try (Hdf5File file = Hdf5File.open(path)) {
            for (int slice = 0; slice < SLICES; slice++) {
                assertThat(read(file.array("/exchange/data"), slice)).isEqualTo(values(slice));
            }
        }
    }

    @Test
    void anHdf5VolumeOfAnotherKindIsNotWrittenInto() throws IOException {
        Path path = folder.resolve("scan_rec.h5");
        write(path, Samples.floats(), IntStream.of(1));
        assertThatThrownBy(() -> write(path, new Samples(SampleType.UINT8, 0, 1), IntStream.of(2)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("made for another volume");
    }

    @Test
    void anHdf5VolumeThatIsGoneOrWasCutShortIsNotOpened() throws IOException {
        Path path = folder.resolve("scan_rec.h5");
        ArrayShape shape = new ArrayShape(SLICES, HEIGHT, WIDTH);
        assertThatThrownBy(() -> Hdf5Volume.open(path, shape, Samples.floats(), ATTRIBUTES))
                .isInstanceOf(NoSuchFileException.class);
        assertThat(path).doesNotExist();
        write(path, Samples.floats(), IntStream.range(0, SLICES));
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
            file.truncate(file.size() - 1);
        }
        assertThatThrownBy(() -> Hdf5Volume.open(path, shape, Samples.floats(), ATTRIBUTES))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("it was cut short");
    }

    @Test
    void aSliceBehindFourGibibytesIsWrittenAndReadInPlace() throws IOException {
        Path path = folder.resolve("sparse.h5");
        ArrayShape shape = new ArrayShape(300, 2048, 2048);
        float[] slice = new float[2048 * 2048];
        slice[1] = 17;
        slice[slice.length - 1] = 18;
        try (Hdf5Volume volume = Hdf5Volume.create(path, shape, Samples.floats(), Map.of())) {
            volume.write(299, slice, 0);
        }
        assertThat(Files.size(path)).isGreaterThan(4L << 30);
        try (Hdf5File file = Hdf5File.open(path)) {
            ByteBuffer read = ByteBuffer.allocateDirect(4 * 2 * 4).order(ByteOrder.LITTLE_ENDIAN);
            ArraySource array = file.array("/exchange/data");
            array.read(new Selection(new int[] {298, 299}, new int[] {0}, 0, 2), read);
            array.read(new Selection(new int[] {298, 299}, new int[] {2047}, 2046, 2048), read);
            float[] values = new float[8];
            array.type().toFloat(read, 0, 8, values, 0);
            assertThat(values).containsExactly(0, 0, 0, 17, 0, 0, 0, 18);
        }
    }

    @Test
    void integersAreRoundedWithinTheWindowAndNanIsZero() {
        ByteBuffer bytes = ByteBuffer.allocate(7);
        new Samples(SampleType.UINT8, 0, 255)
                .encode(new float[] {-1, 0, 1.4f, 1.5f, 254.6f, 1e30f, Float.NaN}, 0, 7, bytes);
        assertThat(bytes.array()).containsExactly(0, 0, 1, 2, 255, 255, 0);
        assertThatThrownBy(() -> new Samples(SampleType.UINT8, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    /** 9 MB a slice. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void largeSlicesTakeLittleMemoryOutsideTheHeap(boolean isTiff) throws IOException {
        int edge = 1500;
        float[] slice = new float[edge * edge];
        for (int i = 0; i < slice.length; i++) {
            slice[i] = i;
        }
        Path file = folder.resolve(isTiff ? "s0.tiff" : "s.h5");
        long before = directBytes();
        try (VolumeWriter volume = isTiff
                ? new TiffStack(folder, number -> "s" + number + ".tiff", edge, edge, Samples.floats())
                : Hdf5Volume.create(file, new ArrayShape(1, edge, edge), Samples.floats(), Map.of())) {
            volume.write(0, slice, 0);
            assertThat(directBytes() - before).isLessThan(5 << 20);
        }
        ByteBuffer written = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        float[] pixels = new float[slice.length];
        written.position(written.capacity() - Float.BYTES * slice.length)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(pixels);
        assertThat(pixels).isEqualTo(slice);
    }

    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    private static void write(Path path, Samples samples, IntStream slices) throws IOException {
        ArrayShape shape = new ArrayShape(SLICES, HEIGHT, WIDTH);
        try (Hdf5Volume volume = Hdf5Volume.create(path, shape, samples, ATTRIBUTES)) {
            for (int slice : slices.toArray()) {
                volume.write(slice, values(slice), 0);
            }
            volume.force(0, SLICES);
        }
    }

    private static float[] values(int slice) {
        float[] values = new float[WIDTH * HEIGHT];
        for (int i = 0; i < values.length; i++) {
            values[i] = 100 * slice + i / 4f - 20.1f;
        }
        return values;
    }

    private static float[] encoded(Samples samples, float[] values) {
        if (samples.type() == SampleType.FLOAT32) {
            return values;
        }
        int largest = samples.type() == SampleType.UINT8 ? 255 : 65535;
        float[] encoded = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            encoded[i] = Math.round(Math.max(0, Math.min(1, (values[i] + 10) / 610.0)) * largest);
        }
        return encoded;
    }

    private static float[] read(ArraySource array, int slice) throws IOException {
        ByteBuffer stored =
                ByteBuffer.allocate(WIDTH * HEIGHT * array.type().bytes()).order(array.order());
        array.read(new Selection(new int[] {slice}, Selection.range(0, HEIGHT), 0, WIDTH), stored);
        float[] values = new float[WIDTH * HEIGHT];
        array.type().toFloat(stored, 0, values.length, values, 0);
        return values;
    }

    /** Each process has another order of a {@code Map.of}, and the next one goes on with the file. */
    @Test
    void anHdf5FileIsOpenedAgainWhateverTheOrderInWhichItsAttributesCome() throws IOException {
        List<Map.Entry<String, String>> attributes =
                List.of(Map.entry("axes", "z:y:x"), Map.entry("description", "ReconData"), Map.entry("units", "1/px"));
        Path file = folder.resolve("attributes.h5");
        ArrayShape shape = new ArrayShape(2, 3, 3);
        for (int first = 0; first < attributes.size(); first++) {
            Map<String, String> ordered = new LinkedHashMap<>();
            for (int i = 0; i < attributes.size(); i++) {
                Map.Entry<String, String> next = attributes.get((first + i) % attributes.size());
                ordered.put(next.getKey(), next.getValue());
            }
            Hdf5Volume.create(file, shape, Samples.floats(), ordered).close();
        }
    }
}
