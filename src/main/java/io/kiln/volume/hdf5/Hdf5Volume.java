package io.kiln.volume.hdf5;

import io.kiln.volume.ArrayShape;
import io.kiln.volume.Durable;
import io.kiln.volume.SampleWriter;
import io.kiln.volume.Samples;
import io.kiln.volume.VolumeWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/** Writes slices in place into one contiguous array {@code /exchange/data} (slice, y, x) of an HDF5 file. */
public final class Hdf5Volume implements VolumeWriter {
    private final FileChannel channel;
    private final Samples samples;
    private final int pixels;
    private final SampleWriter writer;

    private Hdf5Volume(FileChannel channel, ArrayShape shape, Samples samples) {
        this.channel = channel;
        this.samples = samples;
        this.pixels = shape.second() * shape.third();
        this.writer = new SampleWriter(samples, pixels);
    }

    /**
     * Opens the file, which is made when it is not there. A file that is there must have been made with the same arguments; its slices stay. Nobody else
     * may make it at the same time.
     *
     * @param shape slices, height and width
     * @param attributes texts that are kept with the array; name and text take at most 1000 bytes each
     * @throws IOException when the file was made otherwise, or cannot be written
     */
    public static Hdf5Volume create(Path path, ArrayShape shape, Samples samples, Map<String, String> attributes)
            throws IOException {
        if (!Files.exists(path)) {
            make(path, Hdf5Header.of(shape, samples.type(), attributes), fileBytes(shape, samples));
        }
        return open(path, shape, samples, attributes);
    }

    /**
     * Opens a file that {@link #create} has made with the same arguments.
     *
     * @throws NoSuchFileException when it is not there
     * @throws IOException when the file was made otherwise, was cut short, or cannot be written
     */
    public static Hdf5Volume open(Path path, ArrayShape shape, Samples samples, Map<String, String> attributes)
            throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        boolean done = false;
        try {
            checkSame(path, channel, Hdf5Header.of(shape, samples.type(), attributes));
            checkLength(path, channel, fileBytes(shape, samples));
            done = true;
            return new Hdf5Volume(channel, shape, samples);
        } finally {
            if (!done) {
                channel.close();
            }
        }
    }

    private static long fileBytes(ArrayShape shape, Samples samples) {
        return Hdf5Header.BYTES + shape.elements() * samples.type().bytes();
    }

    private static void make(Path path, ByteBuffer header, long fileBytes) throws IOException {
        Path aside = path.resolveSibling(path.getFileName() + ".part");
        try (FileChannel channel = FileChannel.open(
                aside, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            Durable.write(channel, header.duplicate(), 0);
            Durable.write(channel, ByteBuffer.wrap(new byte[1]), fileBytes - 1);
        }
        Durable.rename(aside, path);
    }

    private static void checkSame(Path path, FileChannel channel, ByteBuffer header) throws IOException {
        ByteBuffer found = ByteBuffer.allocate(Hdf5Header.BYTES);
        while (found.hasRemaining() && channel.read(found, found.position()) >= 0) {
            continue;
        }
        if (!found.flip().equals(header)) {
            throw new IOException(path + " is there, but was made for another volume: queue a new run");
        }
    }

    private static void checkLength(Path path, FileChannel channel, long fileBytes) throws IOException {
        if (channel.size() < fileBytes) {
            throw new IOException(path + " has " + channel.size() + " bytes, not " + fileBytes
                    + ": it was cut short, and what it held is lost; queue a new run");
        }
    }

    @Override
    public void write(int slice, float[] values, int offset) throws IOException {
        writer.write(values, offset, pixels, channel, position(slice));
    }

    @Override
    public void write(int slice, ByteBuffer encoded) throws IOException {
        samples.check(encoded, pixels);
        Durable.write(channel, encoded, position(slice));
    }

    private long position(int slice) {
        return Hdf5Header.BYTES + (long) slice * pixels * samples.type().bytes();
    }

    @Override
    public void force(int fromSlice, int toSlice) throws IOException {
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
