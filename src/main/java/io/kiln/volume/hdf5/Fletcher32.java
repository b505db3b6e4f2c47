package io.kiln.volume.hdf5;

/**
 * The checksum of HDF5's filter 3: Fletcher's sums over 16-bit words, the first byte of a word being the high one, an odd last byte likewise.
 * Source: J. G. Fletcher, "An arithmetic checksum for serial transmissions", IEEE Trans. Commun. 30 (1982); HDF5 file format specification.
 */
final class Fletcher32 {
    /** So many words can be summed before the sums must be folded to stay within 32 bits. */
    private static final int WORDS_PER_FOLD = 360;

    private Fletcher32() {}

    static int of(byte[] data, int length) {
        int sum = 0;
        int sumOfSums = 0;
        int at = 0;
        while (at + 1 < length) {
            int end = Math.min(length - 1, at + 2 * WORDS_PER_FOLD);
            for (; at < end; at += 2) {
                sum += (data[at] & 0xFF) << 8 | data[at + 1] & 0xFF;
                sumOfSums += sum;
            }
            sum = fold(sum);
            sumOfSums = fold(sumOfSums);
        }
        if (at < length) {
            sum += (data[at] & 0xFF) << 8;
            sumOfSums += sum;
            sum = fold(sum);
            sumOfSums = fold(sumOfSums);
        }
        return fold(sumOfSums) << 16 | fold(sum);
    }

    private static int fold(int sum) {
        return (sum & 0xFFFF) + (sum >>> 16);
    }
}
