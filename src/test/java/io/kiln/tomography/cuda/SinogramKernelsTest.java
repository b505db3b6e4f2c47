package io.kiln.tomography.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.device.cuda.CudaDevices;
import io.kiln.device.cuda.CudaStream;
import io.kiln.device.cuda.DeviceMemory;
import io.kiln.device.cuda.PermittedGpus;
import io.kiln.device.cuda.PinnedMemory;
import io.kiln.device.cuda.SimulatedGpus;
import io.kiln.tomography.preprocessing.Correction;
import io.kiln.tomography.preprocessing.DetectorRegion;
import io.kiln.tomography.preprocessing.ReferenceFields;
import io.kiln.tomography.preprocessing.SinogramPreparation;
import io.kiln.tomography.scan.Scan;
import io.kiln.tomography.scan.ScanFiles;
import io.kiln.tomography.scan.StoredCounts;
import io.kiln.volume.ElementType;
import io.kiln.volume.SampleType;
import io.kiln.volume.hdf5.ArrayForm;
import io.kiln.volume.hdf5.Hdf5Arrays;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which a scan may store its counts. */
@SimulatedGpus
class SinogramKernelsTest {
    private static final int PROJECTIONS = 3;
    private static final int ROWS = 4;
    private static final int COLUMNS = 9;

    @TempDir
    Path folder;

    static Stream<Arguments> types() {
        return Stream.of(ElementType.values())
                .flatMap(type -> Stream.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)
                        .flatMap(order -> Stream.of(true, false).map(byRow -> Arguments.of(type, order, byRow))));
    }

    /** Without flats, darks and logarithm a sinogram is the counts. */
    @ParameterizedTest
    @MethodSource("types")
    void countsAreReadAsTheProcessorReadsThem(ElementType type, ByteOrder order, boolean byRow) throws Exception {
        byte[] bytes = new byte[PROJECTIONS * ROWS * COLUMNS * type.bytes()];
        new Random(type.ordinal()).nextBytes(bytes);
        StoredCounts stored = new StoredCounts(
                type, order, byRow ? COLUMNS : ROWS * COLUMNS, byRow ? (long) PROJECTIONS * COLUMNS : COLUMNS);
        float[] expected = new float[PROJECTIONS * COLUMNS];
        int row = 2;
        ByteBuffer counts = ByteBuffer.wrap(bytes).order(order);
        for (int projection = 0; projection < PROJECTIONS; projection++) {
            long place = projection * stored.projectionStride() + row * stored.rowStride();
            type.toFloat(counts, (int) place, COLUMNS, expected, projection * COLUMNS);
        }
        for (int i = 0; i < expected.length; i++) {
            expected[i] = Math.abs(expected[i]) <= Float.MAX_VALUE ? expected[i] : 0;
        }
        assertThat(prepared(bytes, stored, row)).isEqualTo(expected);
    }

    private float[] prepared(byte[] bytes, StoredCounts stored, int row) throws IOException {
        SinogramPreparation preparation = preparation();
        var gpu = CudaDevices.probe(PermittedGpus.ALL).gpus().get(0);
        try (GpuHoldings holdings = new GpuHoldings(gpu.open())) {
            SinogramKernels kernels = new SinogramKernels(holdings, preparation, stored.type(), PROJECTIONS);
            DeviceMemory counts = holdings.bytes(ByteBuffer.wrap(bytes));
            DeviceMemory sinogram = holdings.memory((long) Float.BYTES * PROJECTIONS * COLUMNS);
            PinnedMemory result = holdings.pinned(sinogram.bytes());
            CudaStream stream = holdings.stream();
            kernels.prepare(stream, counts, 0, stored, row, row, 1, sinogram, 0);
            stream.download(sinogram, 0, result, 0, sinogram.bytes());
            stream.await();
            float[] values = new float[PROJECTIONS * COLUMNS];
            result.buffer().asFloatBuffer().get(values);
            return values;
        }
    }

    private SinogramPreparation preparation() throws IOException {
        Path file = folder.resolve("scan.h5");
        ArrayForm data = new ArrayForm("data", List.of(PROJECTIONS, ROWS, COLUMNS), SampleType.UINT8, Map.of());
        try (Hdf5Arrays out = Hdf5Arrays.create(file, List.of(data))) {
            out.write(0, 0, ByteBuffer.allocate(PROJECTIONS * ROWS * COLUMNS));
        }
        Correction untouched = new Correction(0, 0, 0, false, 1, false);
        try (Scan scan = Scan.open(ScanFiles.of(file))) {
            ReferenceFields fields = ReferenceFields.read(scan, new DetectorRegion(0, ROWS, 0, COLUMNS), untouched);
            return new SinogramPreparation(fields, untouched, new float[PROJECTIONS]);
        }
    }
}
