package io.kiln.volume.preview;

import io.kiln.volume.ArraySource;
import io.kiln.volume.DecodedImages;
import io.kiln.volume.tiff.TiffImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Image files, and the folders that hold one slice in each. */
public final class ImageFiles {
    private ImageFiles() {}

    /** True where the file's name is that of an image. */
    public static boolean isImage(Path file) {
        return isTiff(file) || name(file).endsWith(".png");
    }

    private static boolean isTiff(Path file) {
        return name(file).endsWith(".tif") || name(file).endsWith(".tiff");
    }

    private static String name(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT);
    }

    /**
     * The images of one file.
     *
     * @throws io.kiln.volume.DamagedDataException when it is none that can be read
     */
    public static ArraySource open(Path file) throws IOException {
        return isTiff(file) ? TiffImages.open(file) : DecodedImages.open(file);
    }

    /**
     * The TIFF files of a folder by name, numbers in names by value; where there is none the PNG files. Links are left out: they may lead anywhere.
     *
     * @throws NoSuchFileException when it has neither
     */
    public static List<Path> slices(Path folder) throws IOException {
        try (Stream<Path> content = Files.list(folder)) {
            List<Path> images = content.filter(ImageFiles::isImage)
                    .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted(Comparator.comparing(file -> file.getFileName().toString(), new NaturalOrder()))
                    .toList();
            List<Path> tiffs = images.stream().filter(ImageFiles::isTiff).toList();
            if (images.isEmpty()) {
                throw new NoSuchFileException(folder.toString(), null, "the folder has neither TIFF nor PNG files");
            }
            return tiffs.isEmpty() ? images : tiffs;
        }
    }
}
