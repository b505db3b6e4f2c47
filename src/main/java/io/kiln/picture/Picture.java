package io.kiln.picture;

import io.kiln.pipeline.InputRejectedException;
import io.kiln.volume.ArraySource;
import io.kiln.volume.hdf5.DatasetFacts;
import io.kiln.volume.hdf5.Hdf5File;
import io.kiln.volume.preview.ImageFiles;
import io.kiln.volume.preview.ImageStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that can be looked at, open.
 *
 * @param array image, row and column
 * @param dataset that is looked at, of an HDF5 file
 * @param files that are the images of a folder; empty for a single file
 */
record Picture(
        PictureSource source, ArraySource array, Optional<String> dataset, Optional<Hdf5File> hdf5, List<Path> files)
        implements AutoCloseable {
    private static final List<String> LIKELY = List.of("/exchange/data", "/entry/data/data", "/data");

    /**
     * @throws NoSuchFileException when there is no such file or folder, or the folder has no images
     * @throws InputRejectedException when it holds nothing that can be looked at
     */
    static Picture open(PictureSource source, ImageFolders folders) throws IOException {
        Path path = source.path();
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString(), null, "there is no such file or folder");
        }
        if (Files.isDirectory(path)) {
            List<Path> files = folders.slices(path);
            return new Picture(source, ImageStack.of(files), Optional.empty(), Optional.empty(), files);
        }
        if (ImageFiles.isImage(path)) {
            return new Picture(source, ImageFiles.open(path), Optional.empty(), Optional.empty(), List.of());
        }
        return hdf5(source);
    }

    private static Picture hdf5(PictureSource source) throws IOException {
        String name = source.path().getFileName().toString().toLowerCase(Locale.ROOT);
        if (!name.matches(".*\\.(h5|hdf5?|nxs|he5|hdf)")) {
            throw new InputRejectedException(
                    source.path() + " is nothing that can be looked at: Kiln shows TIFF, PNG and HDF5 files"
                            + " (.tif, .tiff, .png, .h5, .hdf5, .hdf, .nxs) and folders of images");
        }
        Hdf5File file = Hdf5File.open(source.path());
        Picture picture = null;
        try {
            String dataset = source.dataset().orElseGet(() -> likely(file));
            if (!dataset.startsWith("/")) {
                throw new InputRejectedException(
                        "dataset is '" + dataset + "', but must be a path within the file, such as /exchange/data");
            }
            ArraySource array = file.images(dataset).orElseGet(() -> file.array(dataset));
            picture = new Picture(source, array, Optional.of(dataset), Optional.of(file), List.of());
            return picture;
        } finally {
            if (picture == null) {
                file.close();
            }
        }
    }

    private static String likely(Hdf5File file) {
        return LIKELY.stream()
                .filter(file::has)
                .findFirst()
                .or(() -> file.stacks().stream().findFirst().map(DatasetFacts::name))
                .orElseThrow(() -> new InputRejectedException(
                        file.path() + " has no dataset of two or three dimensions that could be looked at"));
    }

    @Override
    public void close() throws IOException {
        if (hdf5.isPresent()) {
            hdf5.get().close();
        }
    }
}
