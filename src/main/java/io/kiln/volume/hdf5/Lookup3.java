package io.kiln.volume.hdf5;

/** The checksum of HDF5's metadata: Bob Jenkins's lookup3, hashlittle with initial value 0 (public domain, 2006). */
final class Lookup3 {
    private static final int BLOCK = 12;

    private int a;
    private int b;
    private int c;

    private Lookup3(int length) {
        a = 0xDEADBEEF + length;
        b = a;
        c = a;
    }

    static int of(byte[] bytes, int length) {
        Lookup3 state = new Lookup3(length);
        int at = 0;
        for (; length - at > BLOCK; at += BLOCK) {
            state.add(bytes, at, BLOCK);
            state.mix();
        }
        if (at < length) {
            state.add(bytes, at, length - at);
            state.last();
        }
        return state.c;
    }

    private void add(byte[] bytes, int at, int count) {
        a += word(bytes, at, count);
        b += word(bytes, at + 4, count - 4);
        c += word(bytes, at + 8, count - 8);
    }

    /** A little-endian number of up to four bytes. */
    private static int word(byte[] bytes, int at, int count) {
        int word = 0;
        for (int i = Math.min(count, 4) - 1; i >= 0; i--) {
            word = word << 8 | bytes[at + i] & 0xFF;
        }
        return word;
    }

    private void mix() {
        a = a - c ^ Integer.rotateLeft(c, 4);
        c += b;
        b = b - a ^ Integer.rotateLeft(a, 6);
        a += c;
        c = c - b ^ Integer.rotateLeft(b, 8);
        b += a;
        a = a - c ^ Integer.rotateLeft(c, 16);
        c += b;
        b = b - a ^ Integer.rotateLeft(a, 19);
        a += c;
        c = c - b ^ Integer.rotateLeft(b, 4);
        b += a;
    }

    private void last() {
        c = (c ^ b) - Integer.rotateLeft(b, 14);
        a = (a ^ c) - Integer.rotateLeft(c, 11);
        b = (b ^ a) - Integer.rotateLeft(a, 25);
        c = (c ^ b) - Integer.rotateLeft(b, 16);
        a = (a ^ c) - Integer.rotateLeft(c, 4);
        b = (b ^ a) - Integer.rotateLeft(a, 14);
        c = (c ^ b) - Integer.rotateLeft(b, 24);
    }
}
