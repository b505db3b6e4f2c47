package io.kiln.volume;

import java.nio.ByteBuffer;

/** How one element of an array is stored. The byte order is that of the buffer that holds it. */
public enum ElementType {
    UINT8(1) {
        @Override
        double read(ByteBuffer stored, int at) {
            return stored.get(at) & 0xFF;
        }

        @Override
        void convert(ByteBuffer stored, int at, int count, float[] destination, int offset) {
            for (int i = 0; i < count; i++) {
                destination[offset + i] = stored.get(at + i) & 0xFF;
            }
        }
    },
    INT8(1) {
        @Override
        double read(ByteBuffer stored, int at) {
            return stored.get(at);
        }

        @Override
        void convert(ByteBuffer stored, int at, int count, float[] destination, int offset) {
            for (int i = 0; i < count; i++) {
                destination[offset + i] = stored.get(at + i);
            }
        }
    },
    UINT16(2) {
        @Override
        double read(ByteBuffer stored, int at) {
            return stored.getShort(at) & 0xFFFF;
        }

        @Override
        void convert(ByteBuffer stored, int at, int count, float[] destination, int offset) {
            for (int i = 0; i < count; i++) {
                destination[offset + i] = stored.getShort(at + 2 * i) & 0xFFFF;
            }
        }
    },
    INT16(2) {
        @Override
        double read(ByteBuffer stored, int at) {
            return stored.getShort(at);
        }

        @Override
        void convert(ByteBuffer stored, int at, int count, float[] destination, int offset) {
            for (int i = 0; i < count; i++) {
                destination[offset + i] = stored.getShort(at + 2 * i);
            }
        }
    },
    UINT32(4) {
        @Override
        double read(ByteBuffer stored, int at) {
            return stored.getInt(at) & 0xFFFFFFFFL;
        }

        @Override
        void convert(ByteBuffer stored, int at, int count, float[] destination, int offset) {
            for (int i = 0; i < count; i++) {
                destination[offset + i] = stored.getInt(at + 4 * i) & 0xFFFFFFFFL;
            }
        }
    },
    INT32(4) {
        @Override
        double read(ByteBuffer stored, int at) {
            return stored.getInt(at);
        }

        @Override
        void convert(ByteBuffer stored, int at, int count, float[] destination, int offset) {
            for (int i = 0; i < count; i++) {
                destination[offset + i] = stored.getInt(at + 4 * i);
            }
        }
    },
    FLOAT32(4) {
        @Override
        double read(ByteBuffer stored, int at) {
            return stored.getFloat(at);
        }

        @Override
        void convert(ByteBuffer stored, int at, int count, float[] destination, int offset) {
            for (int i = 0; i < count; i++) {
                destination[offset + i] = stored.getFloat(at + 4 * i);
            }
        }
    },
    FLOAT64(8) {
        @Override
        double read(ByteBuffer stored, int at) {
            return stored.getDouble(at);
        }

        @Override
        void convert(ByteBuffer stored, int at, int count, float[] destination, int offset) {
            for (int i = 0; i < count; i++) {
                destination[offset + i] = (float) stored.getDouble(at + 8 * i);
            }
        }
    };

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes that one element takes. */
    public int bytes() {
        return bytes;
    }

    /** The element that begins at this byte of the buffer. */
    abstract double read(ByteBuffer stored, int at);

    abstract void convert(ByteBuffer stored, int at, int count, float[] destination, int offset);

    /** Puts a value at the buffer's position, which moves behind it; integers take the nearest that they can hold. */
    public void put(double value, ByteBuffer destination) {
        switch (this) {
            case UINT8, INT8 -> destination.put((byte) Math.rint(value));
            case UINT16, INT16 -> destination.putShort((short) Math.rint(value));
            case UINT32, INT32 -> destination.putInt((int) (long) Math.rint(value));
            case FLOAT32 -> destination.putFloat((float) value);
            case FLOAT64 -> destination.putDouble(value);
        }
    }

    /** The element with this number. */
    public double toDouble(ByteBuffer stored, int element) {
        return read(stored, element * bytes);
    }

    /**
     * Converts neighbouring elements to float; nothing is allocated and the buffer's position does not matter.
     *
     * @param element number of the first element, from the buffer's start
     */
    public void toFloat(ByteBuffer stored, int element, int count, float[] destination, int offset) {
        convert(stored, element * bytes, count, destination, offset);
    }
}
