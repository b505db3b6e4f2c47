package io.kiln.picture;

import io.kiln.persistence.UnknownIdException;
import io.kiln.pipeline.InputRejectedException;
import io.kiln.volume.ArraySource;
import io.kiln.volume.ByteStore;
import io.kiln.volume.ContiguousArray;
import io.kiln.volume.DamagedDataException;
import io.kiln.volume.ElementType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Looks at files. Only so many pictures are read at once, so that memory and disks stay with the runs. */
@ApplicationScoped
public class Pictures {
    private final ImageFolders folders;
    private final ProjectionStore projections;
    private final Turns turns = new Turns(3);

    /** For the container's proxy only. */
    protected Pictures() {
        this(null, null);
    }

    @Inject
    public Pictures(ImageFolders folders, ProjectionStore projections) {
        this.folders = folders;
        this.projections = projections;
    }

    /** What is done with an open picture. */
    @FunctionalInterface
    private interface Look<T> {
        T at(Picture picture) throws IOException;
    }

    public PictureFacts describe(PictureSource source) {
        return look(source, PictureFacts::of);
    }

    /**
     * One picture.
     *
     * @param corrected whether counts are turned into transmission by the scan's flats and darks
     * @throws InputRejectedException when there is no such picture, or it cannot be read
     * @throws BusyException when too many are read at once
     */
    public Plane plane(PictureSource source, PlaneRequest request, boolean corrected) {
        if (corrected && request.axis() == Axis.THIRD) {
            throw new InputRejectedException("pictures along axis 2 are not corrected: choose axis 0 or 1");
        }
        return turns.take(() -> look(source, picture -> {
            if (!corrected) {
                return new PlaneReader(picture.array(), request, RowCorrection.NONE).read();
            }
            try (FlatField flatField = FlatField.open(picture, projections)) {
                return new PlaneReader(picture.array(), request, flatField).read();
            }
        }));
    }

    /** A picture of the projections of a stack; empty where they were not computed yet. */
    public Optional<Plane> projection(PictureSource source, ProjectionKind kind, Optional<Region> region, int size) {
        PlaneRequest request = new PlaneRequest(Axis.FIRST, kind.ordinal(), region, size);
        return turns.take(() -> look(source, picture -> {
            Optional<Path> file = projections.find(stackDigest(picture));
            return file.isEmpty() ? Optional.empty() : Optional.of(read(file.get(), picture.array(), request));
        }));
    }

    private static Plane read(Path file, ArraySource stack, PlaneRequest request) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ArraySource array = new ContiguousArray(
                    ByteStore.of(channel), 0, Projection.shape(stack), ElementType.FLOAT32, ByteOrder.LITTLE_ENDIAN);
            return new PlaneReader(array, request, RowCorrection.NONE).read();
        }
    }

    /** Computes the projections of a stack unless they are there. A {@link java.util.concurrent.CancellationException} of {@code progress} ends it. */
    public void project(PictureSource source, Projection.Progress progress) {
        look(source, picture -> projections.compute(stackDigest(picture), picture.array(), progress));
    }

    private static String stackDigest(Picture picture) throws IOException {
        FileDigest digest = new FileDigest();
        for (Path file : picture.files()) {
            digest.add(file);
        }
        return digest.add(picture.source().path())
                .add(picture.dataset().orElse(""))
                .text();
    }

    /** Changes when the file changes, or a file of the folder comes or goes; {@link #version(PictureSource, int)} sees more. */
    public String version(PictureSource source) {
        return version(source, new FileDigest());
    }

    /** The same, and of a folder also when the image of this number changes. */
    public String version(PictureSource source, int image) {
        FileDigest digest = new FileDigest();
        try {
            if (Files.isDirectory(source.path())) {
                var files = folders.slices(source.path());
                if (image >= 0 && image < files.size()) {
                    digest.add(files.get(image));
                }
            }
        } catch (IOException unreadable) {
            throw rejected(source, unreadable);
        }
        return version(source, digest);
    }

    private static String version(PictureSource source, FileDigest digest) {
        try {
            return digest.add(source.path()).add(source.dataset().orElse("")).text();
        } catch (IOException unreadable) {
            throw rejected(source, unreadable);
        }
    }

    private <T> T look(PictureSource source, Look<T> look) {
        try (Picture picture = Picture.open(source, folders)) {
            return look.at(picture);
        } catch (IOException unreadable) {
            throw rejected(source, unreadable);
        }
    }

    private static RuntimeException rejected(PictureSource source, IOException unreadable) {
        if (unreadable instanceof NoSuchFileException missing) {
            String reason = missing.getReason() == null ? "" : "; " + missing.getReason();
            return new UnknownIdException("picture", "'" + source.path() + "'" + reason);
        }
        if (unreadable instanceof DamagedDataException || unreadable instanceof EOFException) {
            return new InputRejectedException(String.valueOf(unreadable.getMessage()), unreadable);
        }
        return new InputRejectedException(source.path() + " cannot be read: " + unreadable.getMessage(), unreadable);
    }
}
