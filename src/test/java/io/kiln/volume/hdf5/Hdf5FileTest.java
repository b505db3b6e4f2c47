package io.kiln.volume.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiln.pipeline.InputRejectedException;
import io.kiln.volume.ArrayShape;
import io.kiln.volume.ArraySource;
import io.kiln.volume.DamagedDataException;
import io.kiln.volume.ElementType;
import io.kiln.volume.Selection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Hdf5FileTest {
    private static final String DATA = "/exchange/data";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "contiguous-u1, UINT8, LITTLE_ENDIAN",
        "contiguous-i1, INT8, LITTLE_ENDIAN",
        "contiguous-le-u2, UINT16, LITTLE_ENDIAN",
        "contiguous-le-i2, INT16, LITTLE_ENDIAN",
        "contiguous-le-u4, UINT32, LITTLE_ENDIAN",
        "contiguous-le-f4, FLOAT32, LITTLE_ENDIAN",
        "contiguous-be-u2, UINT16, BIG_ENDIAN",
        "contiguous-be-i4, INT32, BIG_ENDIAN",
        "contiguous-be-f4, FLOAT32, BIG_ENDIAN",
        "contiguous-be-f8, FLOAT64, BIG_ENDIAN"
    })
    void readsElementsOfEveryTypeAndByteOrder(String name, ElementType type, String order) throws IOException {
        try (Hdf5File file = Hdf5File.open(Fixture.file(name))) {
            ArraySource array = file.array(DATA);
            assertThat(array.type()).isEqualTo(type);
            assertThat(type.bytes() == 1 ? order : array.order().toString()).isEqualTo(order);
            float[] read = read(array, Selection.all(array.shape()));
            int modulus = type.bytes() == 1 ? 120 : Integer.MAX_VALUE;
            assertThat(read).isEqualTo(expected(Selection.all(array.shape()), modulus));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "whole",
                "frames",
                "frames-be",
                "chunks-odd",
                "chunks-odd-latest",
                "chunks-growing-latest",
                "chunks-growing-2-latest",
                "rows-full-width",
                "gzip",
                "gzip-shuffle-fletcher",
                "fletcher",
                "lzf",
                "lzf-skipped",
                "lzf-shuffle-fletcher",
                "float-gzip-shuffle",
                "lz4",
                "bitshuffle-lz4",
                "bitshuffle-blocks",
                "bitshuffle-blocks-lz4",
                "compact",
                "user-block"
            })
    void readsAnyPartOfEveryLayout(String name) throws IOException {
        try (Hdf5File file = Hdf5File.open(Fixture.file(name))) {
            ArraySource array = file.array(DATA);
            assertThat(array.shape()).isEqualTo(new ArrayShape(12, 7, 9));
            Selection[] parts = {
                Selection.all(array.shape()),
                new Selection(Selection.range(3, 11), Selection.range(2, 5), 0, 9),
                new Selection(new int[] {0, 2, 3, 7, 11}, new int[] {1, 2, 6}, 3, 8),
                new Selection(new int[] {11}, new int[] {6}, 8, 9)
            };
            for (Selection part : parts) {
                assertThat(read(array, part)).isEqualTo(expected(part, Integer.MAX_VALUE));
            }
        }
    }

    @Test
    void givesChunksThatWereNeverWrittenTheFillValue() throws IOException {
        try (Hdf5File file = Hdf5File.open(Fixture.file("chunks-missing"))) {
            float[] read = read(file.array(DATA), new Selection(new int[] {4, 5}, new int[] {0}, 0, 2));
            assertThat(read).containsExactly(400, 401, 7, 7);
        }
    }

    @Test
    void refusesASelectionBeyondTheArray() throws IOException {
        try (Hdf5File file = Hdf5File.open(Fixture.file("whole"))) {
            Selection beyond = new Selection(new int[] {12}, new int[] {0}, 0, 9);
            assertThatThrownBy(() -> read(file.array(DATA), beyond)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void followsLinksWithinTheFileAndRefusesLinksIntoOthers() throws IOException {
        try (Hdf5File file = Hdf5File.open(Fixture.file("links"))) {
            assertThat(file.array(DATA).shape()).isEqualTo(new ArrayShape(12, 7, 9));
            assertThatThrownBy(() -> file.images("/exchange/data_white"))
                    .isInstanceOf(InputRejectedException.class)
                    .hasMessageContaining("link into another file");
            assertThatThrownBy(() -> file.images("/exchange/data_dark")).isInstanceOf(InputRejectedException.class);
        }
    }

    @Test
    void takesOneImageForAStackOfOneAndAStackOfNoneForNone() throws IOException {
        try (Hdf5File file = Hdf5File.open(Fixture.file("one-flat"))) {
            assertThat(file.images("/exchange/data_white").orElseThrow().shape())
                    .isEqualTo(new ArrayShape(1, 7, 9));
            assertThat(file.images("/exchange/data_dark")).isEmpty();
            assertThat(file.images("/exchange/data_gray")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "blosc, blosc, 32001",
        "zstd, zstd, 32015",
    })
    void namesAFilterThatItCannotRead(String name, String filter, String id) throws IOException {
        try (Hdf5File file = Hdf5File.open(Fixture.file(name))) {
            assertThatThrownBy(() -> file.array(DATA))
                    .isInstanceOf(InputRejectedException.class)
                    .hasMessageContaining(filter)
                    .hasMessageContaining(id)
                    .hasMessageContaining("h5repack");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "virtual, /exchange/data, Virtual storage",
        "empty, /exchange/data, no data was ever written",
        "strings, /exchange/data, convert the file",
        "images, /exchange/data, has 2 dimensions but must have 3",
        "whole, /exchange/data_gray, has no dataset /exchange/data_gray; it has /exchange/data",
        "whole, /exchange, has no dataset",
        "whole, /exchange/data/more, has no dataset"
    })
    void saysWhyADatasetCannotBeRead(String name, String dataset, String reason) throws IOException {
        try (Hdf5File file = Hdf5File.open(Fixture.file(name))) {
            assertThatThrownBy(() -> file.array(dataset))
                    .isInstanceOf(InputRejectedException.class)
                    .satisfies(thrown -> assertThat(thrown.getMessage().replace(",", ""))
                            .contains(reason.replace(",", ""))
                            .contains(Fixture.file(name).toString()));
        }
    }

    @Test
    void refusesWhatIsNoHdf5() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.h5"), "frames are in the other folder");
        Path nothing = Files.createFile(folder.resolve("nothing.h5"));
        assertThatThrownBy(() -> Hdf5File.open(text))
                .isInstanceOf(InputRejectedException.class)
                .hasMessageContaining("notes.h5 (30 bytes) is no readable HDF5 file: No valid HDF5 signature found;");
        assertThatThrownBy(() -> Hdf5File.open(nothing)).isInstanceOf(InputRejectedException.class);
        assertThatThrownBy(() -> Hdf5File.open(folder)).isInstanceOf(InputRejectedException.class);
        assertThatThrownBy(() -> Hdf5File.open(folder.resolve("absent.h5")))
                .isInstanceOf(InputRejectedException.class)
                .hasMessageContaining("absent.h5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"whole", "frames", "gzip", "chunks-odd-latest", "chunks-growing-latest"})
    void refusesAFileThatWasCutOffAnywhere(String name) throws IOException {
        Path file = Fixture.file(name);
        for (long size = 9; size < Files.size(file); size += 97) {
            Path cut = Files.copy(file, folder.resolve("cut.h5"), StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel channel = FileChannel.open(cut, StandardOpenOption.WRITE)) {
                channel.truncate(size);
            }
            assertThatThrownBy(() -> Hdf5File.open(cut))
                    .as("cut off after %d bytes", size)
                    .isInstanceOf(InputRejectedException.class)
                    .hasMessageContaining("cut.h5");
        }
    }

    @Test
    void findsAByteThatChangedUnderAChecksum() throws IOException {
        Path damaged = Files.copy(Fixture.file("fletcher"), folder.resolve("damaged.h5"));
        // elements of projections 4 and 5, row 3: the chunk (2, 7, 9) that begins with projection 4
        flip(damaged, find(Files.readAllBytes(damaged), new short[] {430, 431, 432}));
        try (Hdf5File file = Hdf5File.open(damaged)) {
            ArraySource array = file.array(DATA);
            assertThatThrownBy(() -> read(array, new Selection(new int[] {5}, new int[] {0}, 0, 9)))
                    .isInstanceOf(DamagedDataException.class)
                    .hasMessageContaining("checksum");
            Selection others = new Selection(new int[] {3, 6}, new int[] {0}, 0, 9);
            assertThat(read(array, others)).isEqualTo(expected(others, Integer.MAX_VALUE));
        }
    }

    @Test
    void refusesChunksThatAreTooLargeToDecode() throws IOException {
        Path file = Files.copy(Fixture.file("gzip"), folder.resolve("large.h5"));
        byte[] bytes = Files.readAllBytes(file);
        // the layout message of version 3: chunked, 4 numbers, address, then 1, 7, 9, 2
        ByteBuffer layout = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int at = find(bytes, new short[] {1, 0, 7, 0, 9, 0, 2, 0});
        layout.putInt(at, 1 << 14).putInt(at + 4, 1 << 14);
        Files.write(file, bytes);
        try (Hdf5File large = Hdf5File.open(file)) {
            assertThatThrownBy(() -> large.array(DATA))
                    .isInstanceOf(InputRejectedException.class)
                    .hasMessageContaining(Long.toString(9L * 2 << 28))
                    .hasMessageContaining("repack");
        }
    }

    private static int find(byte[] file, short[] elements) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < file.length - 2 * elements.length; at++) {
            boolean same = true;
            for (int i = 0; i < elements.length; i++) {
                same &= bytes.getShort(at + 2 * i) == elements[i];
            }
            if (same) {
                return at;
            }
        }
        throw new AssertionError("the file does not hold them");
    }

    private static void flip(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Files.write(file, bytes);
    }

    static float[] read(ArraySource array, Selection part) throws IOException {
        int count = (int) part.shape().elements();
        ByteBuffer stored =
                ByteBuffer.allocateDirect(count * array.type().bytes() + 3).order(array.order());
        array.read(part, stored.position(3));
        assertThat(stored.hasRemaining()).isFalse();
        float[] values = new float[count];
        array.type().toFloat(stored.slice(3, stored.capacity() - 3).order(array.order()), 0, count, values, 0);
        return values;
    }

    private static float[] expected(Selection part, int modulus) {
        ArrayShape shape = part.shape();
        float[] values = new float[(int) shape.elements()];
        int at = 0;
        for (int i = 0; i < shape.first(); i++) {
            for (int j = 0; j < shape.second(); j++) {
                for (int k = part.thirdFrom(); k < part.thirdTo(); k++) {
                    values[at++] = Fixture.value(part.first(i), part.second(j), k) % modulus;
                }
            }
        }
        return values;
    }
}
