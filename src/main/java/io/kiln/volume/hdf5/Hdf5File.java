package io.kiln.volume.hdf5;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.dataset.DatasetBase;
import io.jhdf.links.ExternalLink;
import io.kiln.pipeline.InputRejectedException;
import io.kiln.volume.ArraySource;
import io.kiln.volume.ByteStore;
import io.kiln.volume.ElementType;
import io.kiln.volume.Selection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * An HDF5 file that is read. Its structure is read with jhdf, its data by our own positional reads, so that nothing is mapped and files may be much
 * larger than memory. Everything that is wrong with the file is an {@link InputRejectedException} that names it. Thread-safe.
 */
public final class Hdf5File implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;
    private final HdfFile structure;

    private Hdf5File(Path path, FileChannel channel, HdfFile structure) {
        this.path = path;
        this.channel = channel;
        this.structure = structure;
    }

    /** @throws InputRejectedException when this is no HDF5 file, or is one that was cut off */
    public static Hdf5File open(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new InputRejectedException(path + " is no file: check the path");
        }
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        HdfFile structure = null;
        try {
            structure = Hdf5Structure.open(path, channel);
            return new Hdf5File(path, channel, structure);
        } finally {
            if (structure == null) {
                channel.close();
            }
        }
    }

    public Path path() {
        return path;
    }

    /**
     * The three-dimensional array of this name.
     *
     * @param name path within the file, for example {@code /exchange/data}
     * @throws InputRejectedException when it is not there, has another rank, or is stored in a manner that cannot be read
     */
    public ArraySource array(String name) {
        return array(name, dataset(name), 3);
    }

    /** The stack of images of this name; one image, a two-dimensional array, is taken for a stack of one. Empty where there is none, or a stack
     * of no images. */
    public Optional<ArraySource> images(String name) {
        return find(name).filter(dataset -> dataset.getSize() > 0).map(dataset -> array(name, dataset, 2, 3));
    }

    /** The numbers of a one-dimensional array. Empty where there is none of this name. */
    public Optional<double[]> numbers(String name) throws IOException {
        Optional<Dataset> dataset = find(name);
        return dataset.isEmpty() ? Optional.empty() : Optional.of(numbers(array(name, dataset.get(), 1)));
    }

    private static double[] numbers(ArraySource array) throws IOException {
        ElementType type = array.type();
        int count = array.shape().third();
        ByteBuffer stored =
                ByteBuffer.allocate(Math.multiplyExact(count, type.bytes())).order(array.order());
        if (count > 0) {
            array.read(Selection.all(array.shape()), stored);
        }
        return IntStream.range(0, count)
                .mapToDouble(i -> type.toDouble(stored, i))
                .toArray();
    }

    /** The text of an attribute of a dataset. Empty where there is no such attribute or it is no text. */
    public Optional<String> text(String name, String attribute) {
        return Hdf5Structure.reading(path, name, () -> {
            Attribute found = dataset(name).getAttribute(attribute);
            Object value = found == null ? null : found.getData();
            if (value instanceof String[] several && several.length == 1) {
                value = several[0];
            }
            return value instanceof String text ? Optional.of(text.strip()) : Optional.empty();
        });
    }

    /** True where the file has a dataset of this name. */
    public boolean has(String name) {
        return find(name).isPresent();
    }

    /** The datasets with images, of two or three dimensions, in the order of the file; at most 200 of them, and none of other files. */
    public List<DatasetFacts> stacks() {
        return Hdf5Structure.reading(path, "the structure", () -> DatasetFacts.stacks(structure));
    }

    private Dataset dataset(String name) {
        return find(name)
                .orElseThrow(() -> new InputRejectedException(path + " has no dataset " + name + "; it has "
                        + Hdf5Structure.datasets(structure) + ": name the right one or convert the file"));
    }

    private Optional<Dataset> find(String name) {
        return Hdf5Structure.reading(path, name, () -> {
            Node node = structure;
            for (String part : name.substring(1).split("/")) {
                node = node instanceof Group group ? child(group, part) : null;
            }
            return node instanceof Dataset dataset ? Optional.of(own(dataset)) : Optional.empty();
        });
    }

    private Dataset own(Dataset dataset) {
        HdfFile holder = dataset.getHdfFile();
        if (holder != structure) {
            holder.close();
            throw elsewhere(dataset.getPath());
        }
        return dataset;
    }

    private InputRejectedException elsewhere(String link) {
        return new InputRejectedException(
                link + " of " + path + " is a link into another file: copy the data into one file with h5copy -f ext");
    }

    /** A child that is not in another file: other files are neither checked nor known to be the same as before. */
    private Node child(Group group, String name) {
        Node child = group.getChildren().get(name);
        if (child instanceof ExternalLink link) {
            throw elsewhere(link.getPath());
        }
        return child == null ? null : group.getByPath(name);
    }

    private ArraySource array(String name, Dataset dataset, int... ranks) {
        int rank = dataset.getDimensionsAsLong().length;
        if (IntStream.of(ranks).noneMatch(allowed -> allowed == rank)) {
            throw new InputRejectedException(name + " of " + path + " has " + rank + " dimensions, but must have "
                    + ranks[ranks.length - 1] + (ranks.length > 1 ? " or " + ranks[0] : ""));
        }
        return Hdf5Structure.reading(
                path,
                name,
                () -> new DatasetReading(path, name, (DatasetBase) dataset, channel, ByteStore.of(channel)).source());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
