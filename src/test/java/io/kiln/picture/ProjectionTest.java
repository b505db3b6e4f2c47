package io.kiln.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kiln.volume.ArrayShape;
import io.kiln.volume.ArraySource;
import io.kiln.volume.ByteStore;
import io.kiln.volume.ContiguousArray;
import io.kiln.volume.ElementType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectionTest {
    @TempDir
    Path folder;

    @Test
    void allKindsAreThoseOfTheFiniteValues() throws IOException {
        int images = 37;
        int rows = 11;
        int columns = 13;
        float[] values = new float[images * rows * columns];
        Random random = new Random(1);
        for (int i = 0; i < values.length; i++) {
            // far from 0 with little spread: naive sums of squares lose it
            values[i] = i % 17 == 0 ? Float.NaN : (float) (1e6 + random.nextGaussian());
        }
        // a pixel that never holds a number
        for (int image = 0; image < images; image++) {
            values[image * rows * columns + 5] = Float.NaN;
        }
        Path file = folder.resolve("projections.f32");
        write(array(values, new ArrayShape(images, rows, columns)), file, (done, total) -> {});

        ByteBuffer result = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int pixels = rows * columns;
        for (int pixel = 0; pixel < pixels; pixel++) {
            List<Double> finite = new ArrayList<>();
            for (int image = 0; image < images; image++) {
                if (Float.isFinite(values[image * pixels + pixel])) {
                    finite.add((double) values[image * pixels + pixel]);
                }
            }
            double mean = finite.stream().mapToDouble(value -> value).average().orElse(Double.NaN);
            double variance = finite.stream()
                    .mapToDouble(value -> (value - mean) * (value - mean))
                    .average()
                    .orElse(Double.NaN);
            if (finite.isEmpty()) {
                assertThat(at(result, ProjectionKind.MEAN, pixel, pixels)).isNaN();
                continue;
            }
            assertThat(at(result, ProjectionKind.MEAN, pixel, pixels)).isCloseTo((float) mean, within(0.1f));
            assertThat(at(result, ProjectionKind.DEVIATION, pixel, pixels))
                    .isCloseTo((float) Math.sqrt(variance), within(1e-5f));
            assertThat(at(result, ProjectionKind.MAXIMUM, pixel, pixels)).isEqualTo((float)
                    finite.stream().mapToDouble(value -> value).max().getAsDouble());
            assertThat(at(result, ProjectionKind.MINIMUM, pixel, pixels)).isEqualTo((float)
                    finite.stream().mapToDouble(value -> value).min().getAsDouble());
        }
    }

    @Test
    void itTellsHowFarItIsAndEndsWhenNobodyListens() throws IOException {
        ArraySource array = array(new float[20 * 4], new ArrayShape(20, 2, 2));
        List<Long> told = new ArrayList<>();
        write(array, folder.resolve("whole.f32"), (done, total) -> {
            assertThat(total).isEqualTo(20);
            told.add(done);
        });
        assertThat(told).hasSize(20).endsWith(20L);

        told.clear();
        assertThatThrownBy(() -> write(array, folder.resolve("left.f32"), (done, total) -> {
                    told.add(done);
                    if (done == 3) {
                        throw new CancellationException("the caller has gone");
                    }
                }))
                .hasMessage("the caller has gone");
        assertThat(told).containsExactly(1L, 2L, 3L);
    }

    private static float at(ByteBuffer result, ProjectionKind kind, int pixel, int pixels) {
        return result.getFloat(4 * (kind.ordinal() * pixels + pixel));
    }

    private static ArraySource array(float[] values, ArrayShape shape) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return new ContiguousArray(ByteStore.of(bytes), 0, shape, ElementType.FLOAT32, ByteOrder.LITTLE_ENDIAN);
    }

    private static void write(ArraySource array, Path file, Projection.Progress progress) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            new Projection(array, progress).write(channel);
        }
    }
}
