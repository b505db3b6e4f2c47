package io.kiln.volume.tiff;

import io.kiln.volume.ArrayShape;
import io.kiln.volume.ArraySource;
import io.kiln.volume.ByteStore;
import io.kiln.volume.DamagedDataException;
import io.kiln.volume.DecodedImages;
import io.kiln.volume.ElementType;
import io.kiln.volume.RunReader;
import io.kiln.volume.Selection;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The images of one TIFF file, single or a stack, one behind the other. The file is open only while it is read. Thread-safe. */
public final class TiffImages {
    private TiffImages() {}

    /** @throws DamagedDataException when it is no TIFF file that can be read, or its images differ in size or type */
    public static ArraySource open(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            TiffFile file = TiffFile.of(ByteStore.of(channel), channel.size());
            return file.pages().isEmpty() ? DecodedImages.open(path) : new InPlace(path, checked(path, file));
        } catch (DamagedDataException | EOFException damaged) {
            throw new DamagedDataException(
                    path + " is no TIFF file that can be read: " + damaged.getMessage()
                            + "; check that it was copied whole",
                    damaged);
        }
    }

    private static TiffFile checked(Path path, TiffFile file) throws IOException {
        TiffPage first = file.pages().get(0);
        for (TiffPage page : file.pages()) {
            if (page.width() != first.width() || page.height() != first.height() || page.type() != first.type()) {
                throw new DamagedDataException("image " + file.pages().indexOf(page) + " is " + page.width() + " × "
                        + page.height() + " pixels of " + page.type() + ", the first one " + first.width() + " × "
                        + first.height() + " of " + first.type());
            }
        }
        return file;
    }

    private record InPlace(Path path, TiffFile file) implements ArraySource {
        @Override
        public ArrayShape shape() {
            return file.shape();
        }

        @Override
        public ElementType type() {
            return file.pages().get(0).type();
        }

        @Override
        public ByteOrder order() {
            return file.pages().get(0).order();
        }

        @Override
        public ArrayShape block() {
            return new ArrayShape(1, 1, 1);
        }

        @Override
        public void read(Selection selection, ByteBuffer destination) throws IOException {
            selection.checkWithin(shape());
            ArrayShape selected = selection.shape();
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
                RunReader runs = new RunReader(ByteStore.of(channel), destination);
                for (int i = 0; i < selected.first(); i++) {
                    TiffPage page = file.pages().get(selection.first(i));
                    for (int j = 0; j < selected.second(); j++) {
                        page.add(selection.second(j), selection.thirdFrom(), selected.third(), runs);
                    }
                }
                runs.flush();
            } catch (EOFException cut) {
                throw new DamagedDataException(path + " is cut off: " + cut.getMessage() + "; copy it again", cut);
            }
        }
    }
}
