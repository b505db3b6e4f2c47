package io.kiln.volume.tiff;

import io.kiln.volume.SampleType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The beginning of a file with one uncompressed grey image in one strip, little-endian. Source: TIFF revision 6.0 (1992), baseline grayscale images and
 * section 19, SampleFormat.
 */
final class TiffHeader {
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int RATIONAL = 5;
    private static final int ENTRIES = 14;
    private static final int DIRECTORY = 8;
    private static final int RESOLUTION = DIRECTORY + 2 + 12 * ENTRIES + 4;

    /** The pixels begin here. */
    static final int BYTES = 256;

    private TiffHeader() {}

    static ByteBuffer of(int width, int height, SampleType type) {
        ByteBuffer header = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(DIRECTORY);
        header.putShort((short) ENTRIES);
        entry(header, 256, LONG, width);
        entry(header, 257, LONG, height);
        entry(header, 258, SHORT, 8 * type.bytes());
        // no compression; black is zero
        entry(header, 259, SHORT, 1);
        entry(header, 262, SHORT, 1);
        entry(header, 273, LONG, BYTES);
        entry(header, 277, SHORT, 1);
        entry(header, 278, LONG, height);
        entry(header, 279, LONG, Math.multiplyExact(Math.multiplyExact(width, height), type.bytes()));
        entry(header, 282, RATIONAL, RESOLUTION);
        entry(header, 283, RATIONAL, RESOLUTION);
        entry(header, 284, SHORT, 1);
        // a resolution without a unit tells the shape of a pixel only
        entry(header, 296, SHORT, 1);
        entry(header, 339, SHORT, type == SampleType.FLOAT32 ? 3 : 1);
        header.putInt(0).putInt(1).putInt(1);
        return header.clear();
    }

    private static void entry(ByteBuffer header, int tag, int type, int value) {
        header.putShort((short) tag).putShort((short) type).putInt(1).putInt(value);
    }
}
