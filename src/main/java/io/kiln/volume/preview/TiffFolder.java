package io.kiln.volume.preview;

import io.kiln.volume.DamagedDataException;
import java.awt.Rectangle;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;

/** The TIFF files of a folder, each a slice. Keeps the last one open. */
final class TiffFolder implements PublishedVolume {
    private final List<Path> files;
    private final ImageReader reader =
            ImageIO.getImageReadersByFormatName("tiff").next();
    private FileImageInputStream opened;
    private int openedSlice = -1;

    private TiffFolder(List<Path> files) {
        this.files = files;
    }

    static TiffFolder open(Path folder) throws IOException {
        try (Stream<Path> content = Files.list(folder)) {
            List<Path> files = content.filter(TiffFolder::isTiff)
                    .sorted(Comparator.comparing(file -> file.getFileName().toString(), new NaturalOrder()))
                    .toList();
            if (files.isEmpty()) {
                throw new NoSuchFileException(folder.toString(), null, "the folder has no TIFF files");
            }
            return new TiffFolder(files);
        }
    }

    private static boolean isTiff(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".tiff") || name.endsWith(".tif");
    }

    @Override
    public int slices() {
        return files.size();
    }

    @Override
    public PictureSize size(int slice) throws IOException {
        read(slice);
        return new PictureSize(reader.getWidth(0), reader.getHeight(0));
    }

    @Override
    public void rows(int slice, int fromRow, int toRow, float[] destination) throws IOException {
        read(slice);
        ImageReadParam part = reader.getDefaultReadParam();
        part.setSourceRegion(new Rectangle(0, fromRow, reader.getWidth(0), toRow - fromRow));
        try {
            Raster rows = reader.read(0, part).getRaster();
            rows.getSamples(0, 0, rows.getWidth(), rows.getHeight(), 0, destination);
        } catch (RuntimeException damaged) {
            throw new DamagedDataException(files.get(slice) + " is no TIFF image that can be read", damaged);
        }
    }

    private void read(int slice) throws IOException {
        checkSlice(slice);
        if (openedSlice != slice) {
            close();
            opened = new FileImageInputStream(files.get(slice).toFile());
            reader.setInput(opened, false, true);
            openedSlice = slice;
        }
    }

    @Override
    public void close() throws IOException {
        openedSlice = -1;
        reader.reset();
        if (opened != null) {
            opened.close();
            opened = null;
        }
    }
}
