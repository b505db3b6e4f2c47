package io.kiln.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiln.pipeline.InputRejectedException;
import io.kiln.volume.ArrayShape;
import io.kiln.volume.ArraySource;
import io.kiln.volume.ByteStore;
import io.kiln.volume.ContiguousArray;
import io.kiln.volume.ElementType;
import io.kiln.volume.Selection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlaneReaderTest {
    private static final ArrayShape SHAPE = new ArrayShape(7, 50, 40);

    private final ArraySource array = array(SHAPE);

    private static float value(int first, int second, int third) {
        return first * 10_000 + second * 100 + third;
    }

    private static ArraySource array(ArrayShape shape) {
        ByteBuffer values = ByteBuffer.allocate((int) shape.elements() * 4).order(ByteOrder.BIG_ENDIAN);
        for (int i = 0; i < shape.first(); i++) {
            for (int j = 0; j < shape.second(); j++) {
                for (int k = 0; k < shape.third(); k++) {
                    values.putFloat(value(i, j, k));
                }
            }
        }
        return new ContiguousArray(ByteStore.of(values), 0, shape, ElementType.FLOAT32, ByteOrder.BIG_ENDIAN);
    }

    private static Plane read(ArraySource array, Axis axis, int index, Region region, int size) throws IOException {
        return new PlaneReader(
                        array, new PlaneRequest(axis, index, Optional.ofNullable(region), size), RowCorrection.NONE)
                .read();
    }

    @ParameterizedTest
    @EnumSource(Axis.class)
    void aPictureStandsOnAnyAxis(Axis axis) throws IOException {
        Plane plane = read(array, axis, 3, new Region(2, 1, 5, 4), 100);

        assertThat(plane.width()).isEqualTo(5);
        assertThat(plane.height()).isEqualTo(4);
        for (int y = 0; y < 4; y++) {
            for (int x = 0; x < 5; x++) {
                float expected = switch (axis) {
                    case FIRST -> value(3, 1 + y, 2 + x);
                    case SECOND -> value(1 + y, 3, 2 + x);
                    case THIRD -> value(1 + y, 2 + x, 3);
                };
                assertThat(plane.values()[y * 5 + x]).isEqualTo(expected);
            }
        }
    }

    @Test
    void aLargerPictureIsTheMeanOfRectanglesAlsoAtItsEdges() throws IOException {
        Plane plane = read(array, Axis.FIRST, 2, null, 13);

        // 50 rows in 13 pixels: a factor of 4, and the last pixel has two rows only
        assertThat(plane.rowsPerPixel()).isEqualTo(4);
        assertThat(plane.width()).isEqualTo(10);
        assertThat(plane.height()).isEqualTo(13);
        assertThat(plane.values()[0]).isEqualTo(20_000 + 150 + 1.5f);
        assertThat(plane.values()[12 * 10 + 9]).isEqualTo(20_000 + 4850 + 37.5f);
    }

    @Test
    void whatIsNoNumberIsLeftOutOfMeansAndKeptWhereThereIsNothingElse() throws IOException {
        ByteBuffer values = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        values.putFloat(Float.NaN).putFloat(3).putFloat(Float.NaN).putFloat(Float.POSITIVE_INFINITY);
        ArraySource row = new ContiguousArray(
                ByteStore.of(values), 0, new ArrayShape(1, 1, 4), ElementType.FLOAT32, ByteOrder.LITTLE_ENDIAN);

        assertThat(read(row, Axis.FIRST, 0, null, 2).values()).containsExactly(3, Float.NaN);
        assertThat(read(row, Axis.FIRST, 0, null, 4).values())
                .containsExactly(Float.NaN, 3, Float.NaN, Float.POSITIVE_INFINITY);
    }

    @Test
    void blocksAreDecodedOnceAndOfTooManyOnlySome() throws IOException {
        // a sinogram of images that are compressed one by one, 4 GiB decoded
        AtomicLong decoded = new AtomicLong();
        ArraySource compressed = counting(new ArrayShape(1024, 1024, 1024), decoded);

        Plane sinogram = read(compressed, Axis.SECOND, 5, null, 1024);

        assertThat(decoded.get()).isLessThanOrEqualTo((1L << 30) / (4 << 20)).isPositive();
        assertThat(sinogram.width()).isEqualTo(1024);
        assertThat(sinogram.height()).isEqualTo(1024 / sinogram.rowsPerPixel());
        decoded.set(0);
        read(compressed, Axis.FIRST, 5, null, 256);
        assertThat(decoded.get()).isEqualTo(1);
    }

    /** Nothing but zeros, in blocks of whole images. */
    private static ArraySource counting(ArrayShape shape, AtomicLong decoded) {
        return new ArraySource() {
            @Override
            public ArrayShape shape() {
                return shape;
            }

            @Override
            public ElementType type() {
                return ElementType.FLOAT32;
            }

            @Override
            public ByteOrder order() {
                return ByteOrder.LITTLE_ENDIAN;
            }

            @Override
            public ArrayShape block() {
                return new ArrayShape(1, shape.second(), shape.third());
            }

            @Override
            public void read(Selection selection, ByteBuffer destination) {
                selection.checkWithin(shape);
                decoded.addAndGet(selection.shape().first());
                destination.position(
                        destination.position() + (int) selection.shape().elements() * 4);
            }
        };
    }

    @Test
    void whatIsNotThereIsRefusedWithWhatThereIs() {
        assertThatThrownBy(() -> read(array, Axis.FIRST, 7, null, 10))
                .isInstanceOf(InputRejectedException.class)
                .hasMessage("index is 7, but must be from 0 to 6");
        assertThatThrownBy(() -> read(array, Axis.SECOND, -1, null, 10)).isInstanceOf(InputRejectedException.class);
        assertThatThrownBy(() -> read(array, Axis.FIRST, 0, new Region(30, 0, 11, 1), 10))
                .isInstanceOf(InputRejectedException.class)
                .hasMessageContaining("40 × 50");
        assertThatThrownBy(() -> read(array, Axis.FIRST, 0, new Region(Integer.MAX_VALUE, 0, Integer.MAX_VALUE, 1), 10))
                .isInstanceOf(InputRejectedException.class);
        assertThatThrownBy(() -> read(array, Axis.FIRST, 0, null, PlaneRequest.LARGEST + 1))
                .isInstanceOf(InputRejectedException.class)
                .hasMessageContaining("from 1 to 2048");
    }
}
