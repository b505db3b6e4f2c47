package io.kiln.volume.tiff;

import io.kiln.volume.Durable;
import io.kiln.volume.SampleWriter;
import io.kiln.volume.Samples;
import io.kiln.volume.VolumeWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.IntFunction;

/** Writes slices as TIFF files of one folder. */
public final class TiffStack implements VolumeWriter {
    private final Path folder;
    private final IntFunction<String> name;
    private final int width;
    private final int height;
    private final Samples samples;
    private final SampleWriter writer;

    /**
     * @param folder that exists
     * @param name of the file of a slice
     * @param width of a slice in pixels
     * @param height of a slice in pixels
     */
    public TiffStack(Path folder, IntFunction<String> name, int width, int height, Samples samples) {
        this.folder = folder;
        this.name = name;
        this.width = width;
        this.height = height;
        this.samples = samples;
        this.writer = new SampleWriter(samples, Math.multiplyExact(width, height));
    }

    /** Bytes that one file takes. */
    public static int fileBytes(int width, int height, Samples samples) {
        int pixels = Math.multiplyExact(width, height);
        return Math.addExact(
                TiffHeader.BYTES, Math.multiplyExact(pixels, samples.type().bytes()));
    }

    @Override
    public void write(int slice, float[] values, int offset) throws IOException {
        try (FileChannel channel = begin(slice)) {
            writer.write(values, offset, width * height, channel, TiffHeader.BYTES);
        }
    }

    @Override
    public void write(int slice, ByteBuffer pixels) throws IOException {
        samples.check(pixels, width * height);
        try (FileChannel channel = begin(slice)) {
            Durable.write(channel, pixels, TiffHeader.BYTES);
        }
    }

    /** The slice's file, with its header alone. */
    private FileChannel begin(int slice) throws IOException {
        FileChannel channel = FileChannel.open(
                path(slice), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        boolean done = false;
        try {
            Durable.write(channel, TiffHeader.of(width, height, samples.type()), 0);
            done = true;
            return channel;
        } finally {
            if (!done) {
                channel.close();
            }
        }
    }

    /** The file of a slice. */
    public Path path(int slice) {
        return folder.resolve(name.apply(slice));
    }

    @Override
    public void force(int fromSlice, int toSlice) throws IOException {
        for (int slice = fromSlice; slice < toSlice; slice++) {
            Durable.force(path(slice));
        }
        Durable.force(folder);
    }

    @Override
    public void close() {
        // no file stays open
    }
}
