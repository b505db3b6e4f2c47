package io.kiln.volume.hdf5;

import io.kiln.volume.Durable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A new HDF5 file with several contiguous arrays, written in place in any order. What is never written is 0 and takes no space on most file systems. */
public final class Hdf5Arrays implements AutoCloseable {
    private final FileChannel channel;
    private final List<ArrayForm> arrays;

    private Hdf5Arrays(FileChannel channel, List<ArrayForm> arrays) {
        this.channel = channel;
        this.arrays = arrays;
    }

    /** Makes the file; one that is there is replaced. */
    public static Hdf5Arrays create(Path path, List<ArrayForm> arrays) throws IOException {
        FileChannel channel = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        boolean done = false;
        try {
            Durable.write(channel, Hdf5Header.of(arrays), 0);
            Durable.write(channel, ByteBuffer.wrap(new byte[1]), Hdf5Header.end(arrays) - 1);
            done = true;
            return new Hdf5Arrays(channel, List.copyOf(arrays));
        } finally {
            if (!done) {
                channel.close();
            }
        }
    }

    /**
     * Writes neighbouring elements.
     *
     * @param array its position in the list that the file was made with
     * @param element number of the first one, in the order of the file
     * @param elements little-endian, from the buffer's position to its limit
     */
    public void write(int array, long element, ByteBuffer elements) throws IOException {
        long position = Hdf5Header.start(arrays, array)
                + element * arrays.get(array).type().bytes();
        Durable.write(channel, elements, position);
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            channel.force(true);
        }
    }
}
