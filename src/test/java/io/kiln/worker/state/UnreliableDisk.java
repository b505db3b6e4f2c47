package io.kiln.worker.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * A file on a disk that keeps what was forced and, when the power goes, of the rest only a part. Everything goes to a real file; what a power failure would
 * leave of it is told by {@link #afterPowerFailure}. Can be full.
 */
final class UnreliableDisk extends FileChannel {
    private final Path file;
    private final FileChannel channel;
    private byte[] forced;
    private long bytesLeft = Long.MAX_VALUE;

    UnreliableDisk(Path file) throws IOException {
        this.file = file;
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        forced = Files.readAllBytes(file);
    }

    /** From now on writing fails once so many bytes were written. */
    void fillUpAfter(long bytes) {
        bytesLeft = bytes;
    }

    /** What the file holds when the power goes now: what was forced and, behind it, so many bytes of what was not. */
    byte[] afterPowerFailure(int bytesBehind) throws IOException {
        byte[] written = Files.readAllBytes(file);
        boolean grew = written.length >= forced.length && Arrays.equals(forced, Arrays.copyOf(written, forced.length));
        return grew ? Arrays.copyOf(written, Math.min(written.length, forced.length + bytesBehind)) : forced;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        int most = (int) Math.min(bytesLeft, Math.max(1, bytes.remaining() / 2));
        if (most == 0) {
            throw new IOException("No space left on device");
        }
        ByteBuffer part = bytes.slice(bytes.position(), most);
        int written = channel.write(part);
        bytes.position(bytes.position() + written);
        bytesLeft -= written;
        return written;
    }

    @Override
    public void force(boolean metadata) throws IOException {
        channel.force(metadata);
        forced = Files.readAllBytes(file);
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        channel.truncate(size);
        return this;
    }

    @Override
    public int read(ByteBuffer bytes) throws IOException {
        return channel.read(bytes);
    }

    @Override
    public int read(ByteBuffer bytes, long position) throws IOException {
        return channel.read(bytes, position);
    }

    @Override
    public long position() throws IOException {
        return channel.position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
        channel.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    protected void implCloseChannel() throws IOException {
        channel.close();
    }

    @Override
    public long read(ByteBuffer[] buffers, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] buffers, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int write(ByteBuffer bytes, long position) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) {
        throw new UnsupportedOperationException();
    }
}
