package io.kiln.volume.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.kiln.volume.ArrayShape;
import io.kiln.volume.ArraySource;
import io.kiln.volume.Samples;
import io.kiln.volume.Selection;
import io.kiln.volume.hdf5.Hdf5File;
import io.kiln.volume.hdf5.Hdf5Volume;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    private static final SpoolLimits LIMITS = new SpoolLimits(2, 1 << 20, () -> false);

    @TempDir
    Path folder;

    @Test
    void aCopyThatTheDiskHasNoSpaceForIsNotBegun() throws IOException {
        // larger than the whole disk, of which others may free some at any time
        long disk = Files.getFileStore(folder).getTotalSpace();
        assumeThat(disk).as("a file of this size can be made").isLessThan(8L << 40);
        // a file with a hole: it takes no space itself
        int slices = (int) (disk / (1 << 26)) + 1;
        Path file = folder.resolve("sparse.h5");
        Hdf5Volume.create(file, new ArrayShape(slices, 4096, 4096), Samples.floats(), Map.of())
                .close();
        try (Hdf5File sparse = Hdf5File.open(file)) {
            ArraySource array = sparse.array("/exchange/data");
            Selection all = Selection.all(array.shape());
            assertThatThrownBy(() -> Spool.of(array, all, folder.resolve("copy"), LIMITS))
                    .isInstanceOfSatisfying(
                            NoRoomException.class,
                            full -> assertThat(full.neededBytes()).isGreaterThan((long) slices << 26))
                    .hasMessageContaining(Long.toString((long) slices << 26));
        }
        assertThat(folder.resolve("copy.part")).doesNotExist();
    }

    @Test
    void whatWasNotCopiedCannotBeRead() throws Exception {
        Path file = folder.resolve("small.h5");
        try (Hdf5Volume volume = Hdf5Volume.create(file, new ArrayShape(3, 2, 2), Samples.floats(), Map.of())) {
            volume.write(2, new float[] {1, 2, 3, 4}, 0);
        }
        Selection part = new Selection(new int[] {0, 2}, new int[] {1}, 0, 2);
        try (Hdf5File small = Hdf5File.open(file);
                SpooledArray copy = Spool.of(small.array("/exchange/data"), part, folder.resolve("copy"), LIMITS)) {
            ByteBuffer read = ByteBuffer.allocate(8).order(copy.order());
            copy.read(new Selection(new int[] {2}, new int[] {1}, 0, 2), read);
            assertThat(read.getFloat(0)).isEqualTo(3);
            assertThat(read.getFloat(4)).isEqualTo(4);
            Selection other = new Selection(new int[] {1}, new int[] {1}, 0, 2);
            assertThatThrownBy(() -> copy.read(other, read.clear())).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }
}
