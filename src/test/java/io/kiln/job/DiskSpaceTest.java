package io.kiln.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiln.device.DeviceId;
import io.kiln.integration.SmallDisk;
import io.kiln.pipeline.UnitRange;
import io.kiln.volume.spool.NoRoomException;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSpaceTest {
    @TempDir
    Path folder;

    @Test
    void asksForWhatAFolderThatDoesNotExistYetWillNeed() throws IOException {
        Path absent = folder.resolve("a/b");
        DiskSpace.require(absent, 1);

        assertThatThrownBy(() -> DiskSpace.require(absent, Long.MAX_VALUE))
                .isInstanceOfSatisfying(DiskFullException.class, e -> {
                    assertThat(e.folder()).isEqualTo(absent);
                    assertThat(e.neededBytes()).isEqualTo(Long.MAX_VALUE);
                })
                .hasMessageContaining(absent.toString())
                .hasMessageContaining("MiB");
    }

    @Test
    void recognisesAFullDiskBelowOtherFailures() {
        Exception failure =
                new IllegalStateException(new UncheckedIOException(new IOException("No space left on device")));

        assertThat(DiskSpace.full(failure, folder))
                .get()
                .extracting(DiskFullException::folder)
                .isEqualTo(folder);
        assertThat(DiskSpace.full(new IOException("Disk quota exceeded"), folder))
                .isPresent();
        assertThat(DiskSpace.full(
                        new IllegalStateException(new NoRoomException(25L << 30, "the copy takes 25 GiB")), folder))
                .get()
                .extracting(DiskFullException::neededBytes)
                .isEqualTo(25L << 30);
        assertThat(DiskSpace.full(new EOFException("ends at byte 7"), folder)).isEmpty();
        assertThat(DiskSpace.full(new IllegalStateException("No space left on device"), folder))
                .isEmpty();
    }

    @Test
    void whereAWriteFailedAlthoughThereIsSpaceMoreIsNeededThanThereIs() throws IOException {
        long free = DiskSpace.freeBytes(folder);

        DiskFullException full =
                DiskSpace.full(new IOException("Disk quota exceeded"), folder).orElseThrow();

        // others write to this disk, too
        assertThat(full.neededBytes()).isGreaterThan(free / 2);
    }

    @Test
    void aLaneThatFillsItsDiskFailsAsOneOfAFullDiskAndGoesOnWhenThereIsSpace() throws Exception {
        Path disk = folder.resolve("disk");
        SmallDisk mounted = SmallDisk.mount(disk, 1);
        try (mounted) {
            Path ballast = Files.write(disk.resolve("ballast"), new byte[900 << 10]);
            Optional<Throwable> failure = run(disk.resolve("out"));
            assertThat(failure).isPresent();
            assertThat(DiskSpace.full(failure.get(), disk)).isPresent();

            Files.delete(ballast);
            assertThat(run(disk.resolve("out"))).isEmpty();
            assertThat(ArithmeticWork.values(disk.resolve("out")))
                    .hasSize(50_000)
                    .endsWith(ArithmeticWork.value(49_999));
        }
    }

    private static Optional<Throwable> run(Path file) throws Exception {
        ArithmeticWork work = new ArithmeticWork(file, 1000, 4, ArithmeticWork.nothing());
        Lane<long[]> lane = Lane.start(
                work, new DeviceId("cpu0"), List.of(new UnitRange(0, 50_000)), new PlainThreads(), () -> false);
        try {
            for (Optional<Slab<long[]>> next = lane.next(); next.isPresent(); next = lane.next()) {
                next.get().awaitRead();
                next.get().awaitWritten();
                next.get().force();
                next.get().settled();
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e);
        } finally {
            lane.end();
        }
    }
}
