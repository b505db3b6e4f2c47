package io.kiln.volume.hdf5;

import io.jhdf.filter.BitShuffleFilter;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/**
 * Undoes HDF5's filter 32008, bitshuffle, with or without LZ4. Elements are shuffled in blocks: a block holds the lowest bits of its elements, then the next
 * bits and so on; the last block may be shorter, and up to seven elements behind it are stored as they are. Source: K. Masui et al., "A compression scheme
 * for radio data in high performance computing", Astronomy and Computing 12 (2015), and the format described with the filter. jhdf's own fails on a shorter
 * last block and takes 40 ns a byte.
 */
final class Bitshuffle {
    private static final int ELEMENTS_PER_BYTE = 8;
    private static final int STANDARD_BLOCK_BYTES = 8192;
    private static final int SMALLEST_STANDARD_BLOCK = 128;

    private final LZ4SafeDecompressor lz4 = LZ4Factory.fastestJavaInstance().safeDecompressor();
    private final int elementBytes;
    private final boolean isCompressed;
    private int blockElements;

    /** @param parameters of the filter: version (2 numbers), bytes of an element, elements of a block or 0, compression */
    Bitshuffle(int[] parameters) {
        elementBytes = parameters[2];
        int asked = parameters.length > 3 ? parameters[3] : 0;
        int standard = STANDARD_BLOCK_BYTES / elementBytes / ELEMENTS_PER_BYTE * ELEMENTS_PER_BYTE;
        blockElements = asked > 0 ? asked : Math.max(standard, SMALLEST_STANDARD_BLOCK);
        isCompressed = parameters.length > 4 && parameters[4] == BitShuffleFilter.LZ4_COMPRESSION;
    }

    /** @throws DataFormatException when the data is not what the filter writes */
    byte[] decode(byte[] data, int length, int decodedBytes) throws DataFormatException {
        ByteBuffer stored = ByteBuffer.wrap(data, 0, length);
        if (isCompressed) {
            long announced = stored.getLong();
            blockElements = stored.getInt() / elementBytes;
            if (announced != decodedBytes || blockElements < ELEMENTS_PER_BYTE) {
                throw new DataFormatException("it announces " + announced + " bytes in blocks of " + blockElements);
            }
        }
        byte[] decoded = new byte[decodedBytes];
        byte[] shuffled = new byte[blockElements * elementBytes];
        int elements = decodedBytes / elementBytes;
        int done = 0;
        while (elements - done >= ELEMENTS_PER_BYTE) {
            int count = Math.min(blockElements, elements - done) / ELEMENTS_PER_BYTE * ELEMENTS_PER_BYTE;
            next(stored, shuffled, count * elementBytes);
            unshuffle(shuffled, count, decoded, done * elementBytes);
            done += count;
        }
        stored.get(decoded, done * elementBytes, decodedBytes - done * elementBytes);
        return decoded;
    }

    private void next(ByteBuffer stored, byte[] shuffled, int bytes) throws DataFormatException {
        if (!isCompressed) {
            stored.get(shuffled, 0, bytes);
            return;
        }
        int size = stored.getInt();
        int count = lz4.decompress(stored.array(), stored.position(), size, shuffled, 0, bytes);
        if (count != bytes) {
            throw new DataFormatException("a block has " + count + " bytes instead of " + bytes);
        }
        stored.position(stored.position() + size);
    }

    private void unshuffle(byte[] shuffled, int elements, byte[] decoded, int offset) {
        int plane = elements / ELEMENTS_PER_BYTE;
        for (int b = 0; b < elementBytes; b++) {
            int from = b * ELEMENTS_PER_BYTE * plane;
            for (int i = 0; i < plane; i++) {
                long bits = 0;
                for (int bit = ELEMENTS_PER_BYTE - 1; bit >= 0; bit--) {
                    bits = bits << 8 | shuffled[from + bit * plane + i] & 0xFF;
                }
                bits = transposed(bits);
                int to = offset + i * ELEMENTS_PER_BYTE * elementBytes + b;
                for (int element = 0; element < ELEMENTS_PER_BYTE; element++) {
                    decoded[to + element * elementBytes] = (byte) (bits >>> 8 * element);
                }
            }
        }
    }

    /** The transpose of a matrix of 8 × 8 bits, a row a byte. Source: H. S. Warren, Hacker's Delight (2012), section 7-3. */
    private static long transposed(long bits) {
        long swapped = (bits ^ bits >>> 7) & 0x00AA00AA00AA00AAL;
        long result = bits ^ swapped ^ swapped << 7;
        swapped = (result ^ result >>> 14) & 0x0000CCCC0000CCCCL;
        result ^= swapped ^ swapped << 14;
        swapped = (result ^ result >>> 28) & 0x00000000F0F0F0F0L;
        return result ^ swapped ^ swapped << 28;
    }
}
