package io.kiln.cli.backup;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** One entry of an archive: closing it leaves the archive open. */
final class UnclosedOutputStream extends FilterOutputStream {
    UnclosedOutputStream(OutputStream out) {
        super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
        flush();
    }
}
