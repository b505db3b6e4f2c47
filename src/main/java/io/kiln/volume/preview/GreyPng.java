package io.kiln.volume.preview;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * PNG images of 8-bit grey, written for speed: each row as its difference from the one above, and quick compression. The runtime's own writer tries every
 * filter on every row, which takes several times as long. Source: PNG specification, second edition (ISO/IEC 15948).
 */
final class GreyPng {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final int BITS = 8;
    private static final int GREY = 0;
    private static final int UP = 2;

    private GreyPng() {}

    /** @param pixels width × height of them, row by row */
    static byte[] encode(int width, int height, byte[] pixels) {
        ByteArrayOutputStream png = new ByteArrayOutputStream(pixels.length / 2 + 1024);
        png.writeBytes(SIGNATURE);
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
        chunk(png, "IHDR", header.put((byte) BITS).put((byte) GREY).array(), 13);
        byte[] compressed = new byte[pixels.length + pixels.length / 1000 + height + 1024];
        chunk(png, "IDAT", compressed, deflate(filtered(width, height, pixels), compressed));
        chunk(png, "IEND", new byte[0], 0);
        return png.toByteArray();
    }

    private static byte[] filtered(int width, int height, byte[] pixels) {
        byte[] rows = new byte[(width + 1) * height];
        int at = 0;
        for (int y = 0; y < height; y++) {
            rows[at++] = UP;
            int row = y * width;
            for (int x = 0; x < width; x++) {
                rows[at++] = (byte) (pixels[row + x] - (y == 0 ? 0 : pixels[row - width + x]));
            }
        }
        return rows;
    }

    private static int deflate(byte[] rows, byte[] compressed) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            deflater.setInput(rows);
            deflater.finish();
            int count = deflater.deflate(compressed);
            if (!deflater.finished()) {
                throw new IllegalStateException("deflating made " + rows.length + " bytes more than they were");
            }
            return count;
        } finally {
            deflater.end();
        }
    }

    private static void chunk(ByteArrayOutputStream png, String name, byte[] data, int count) {
        byte[] type = name.getBytes(StandardCharsets.US_ASCII);
        CRC32 checksum = new CRC32();
        checksum.update(type);
        checksum.update(data, 0, count);
        png.writeBytes(ByteBuffer.allocate(4).putInt(count).array());
        png.writeBytes(type);
        png.write(data, 0, count);
        png.writeBytes(ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array());
    }
}
