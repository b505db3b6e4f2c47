package io.kiln.volume.preview;

import io.kiln.volume.ArrayShape;
import io.kiln.volume.ArraySource;
import io.kiln.volume.DamagedDataException;
import io.kiln.volume.ElementType;
import io.kiln.volume.Selection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;

/** Image files that are the slices of one array. No file stays open. Thread-safe. */
public final class ImageStack implements ArraySource {
    private final List<Path> files;
    private final ArraySource first;

    private ImageStack(List<Path> files, ArraySource first) {
        this.files = files;
        this.first = first;
    }

    /** @param files at least one, each with one image, all of the same size and type; whether they are is found when they are read */
    public static ImageStack of(List<Path> files) throws IOException {
        return new ImageStack(files, ImageFiles.open(files.get(0)));
    }

    @Override
    public ArrayShape shape() {
        return new ArrayShape(
                files.size(), first.shape().second(), first.shape().third());
    }

    @Override
    public ElementType type() {
        return first.type();
    }

    @Override
    public ByteOrder order() {
        return first.order();
    }

    @Override
    public ArrayShape block() {
        return first.block();
    }

    @Override
    public void read(Selection selection, ByteBuffer destination) throws IOException {
        selection.checkWithin(shape());
        for (int i = 0; i < selection.shape().first(); i++) {
            alike(selection.first(i)).read(selection.of(0), destination);
        }
    }

    private ArraySource alike(int slice) throws IOException {
        ArraySource image = slice == 0 ? first : ImageFiles.open(files.get(slice));
        ArrayShape shape = image.shape();
        if (shape.second() != first.shape().second()
                || shape.third() != first.shape().third()
                || image.type() != first.type()
                || image.order() != first.order()) {
            throw new DamagedDataException(files.get(slice) + " is " + shape.third() + " × " + shape.second()
                    + " pixels of " + image.type() + ", but the first image of the folder, "
                    + files.get(0).getFileName() + ", is " + first.shape().third() + " × "
                    + first.shape().second() + " of " + first.type() + ": look at them one by one");
        }
        return image;
    }
}
