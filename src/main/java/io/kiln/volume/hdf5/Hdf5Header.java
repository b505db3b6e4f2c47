package io.kiln.volume.hdf5;

import io.kiln.volume.ArrayShape;
import io.kiln.volume.SampleType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What stands before the pixels of a file with one contiguous array {@code /exchange/data}: superblock 2 and version 2 object headers, whose pixels can
 * then be written in place. Source: HDF5 File Format Specification 3.0, sections II.A and IV.A.
 */
final class Hdf5Header {
    /** The pixels begin here. */
    static final int BYTES = 1 << 16;

    private static final int ROOT = 48;
    private static final int EXCHANGE = 512;
    private static final int DATA = 1024;
    private static final long UNDEFINED = -1;
    private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1A, '\n'};

    private Hdf5Header() {}

    static ByteBuffer of(ArrayShape shape, SampleType type, Map<String, String> attributes) {
        long dataBytes = shape.elements() * type.bytes();
        byte[] file = new byte[BYTES];
        put(file, 0, superblock(BYTES + dataBytes));
        put(file, ROOT, group("exchange", EXCHANGE));
        put(file, EXCHANGE, group("data", DATA));
        put(file, DATA, dataset(shape, type, dataBytes, attributes));
        return ByteBuffer.wrap(file);
    }

    private static void put(byte[] file, int at, byte[] part) {
        if (part.length > file.length - at) {
            throw new IllegalArgumentException(
                    "attributes take " + part.length + " bytes, more than " + (file.length - at) + ": shorten them");
        }
        System.arraycopy(part, 0, file, at, part.length);
    }

    private static byte[] superblock(long end) {
        return checked(buffer(64)
                .put(SIGNATURE)
                .put((byte) 2)
                .put((byte) 8)
                .put((byte) 8)
                .put((byte) 0)
                .putLong(0)
                .putLong(UNDEFINED)
                .putLong(end)
                .putLong(ROOT));
    }

    private static byte[] group(String child, long address) {
        byte[] name = child.getBytes(StandardCharsets.US_ASCII);
        return object(List.of(
                new Message(
                        2,
                        0,
                        cut(buffer(32)
                                .put((byte) 0)
                                .put((byte) 0)
                                .putLong(UNDEFINED)
                                .putLong(UNDEFINED))),
                new Message(10, 0, new byte[2]),
                new Message(
                        6,
                        0,
                        cut(buffer(64)
                                .put((byte) 1)
                                .put((byte) 0)
                                .put((byte) name.length)
                                .put(name)
                                .putLong(address)))));
    }

    private static byte[] dataset(ArrayShape shape, SampleType type, long bytes, Map<String, String> attributes) {
        List<Message> messages = new ArrayList<>();
        messages.add(new Message(
                1,
                0,
                cut(buffer(32)
                        .put((byte) 2)
                        .put((byte) 3)
                        .put((byte) 0)
                        .put((byte) 1)
                        .putLong(shape.first())
                        .putLong(shape.second())
                        .putLong(shape.third()))));
        messages.add(new Message(3, 1, type == SampleType.FLOAT32 ? floats() : unsigned(type.bytes())));
        // space is allocated early, a fill value is written if one is set
        messages.add(new Message(5, 1, new byte[] {3, 0x09}));
        messages.add(new Message(
                8, 0, cut(buffer(18).put((byte) 3).put((byte) 1).putLong(BYTES).putLong(bytes))));
        attributes.forEach((name, text) -> messages.add(new Message(12, 0, attribute(name, text))));
        return object(messages);
    }

    /** A text as a scalar string of fixed length, UTF-8, padded with zeros. */
    private static byte[] attribute(String name, String text) {
        byte[] called = (name + "\0").getBytes(StandardCharsets.UTF_8);
        byte[] value = (text + "\0").getBytes(StandardCharsets.UTF_8);
        byte[] type = cut(buffer(8)
                .put((byte) 0x13)
                .put((byte) 0x10)
                .put((byte) 0)
                .put((byte) 0)
                .putInt(value.length));
        byte[] scalar = {2, 0, 0, 0};
        return cut(buffer(32 + called.length + value.length)
                .put((byte) 3)
                .put((byte) 0)
                .putShort((short) called.length)
                .putShort((short) type.length)
                .putShort((short) scalar.length)
                .put((byte) 1)
                .put(called)
                .put(type)
                .put(scalar)
                .put(value));
    }

    private static byte[] unsigned(int bytes) {
        return cut(buffer(12)
                .put((byte) 0x10)
                .put(new byte[3])
                .putInt(bytes)
                .putShort((short) 0)
                .putShort((short) (8 * bytes)));
    }

    /** IEEE 754 single precision: sign at bit 31, 8 bits of exponent at 23 with bias 127, 23 bits of mantissa at 0. */
    private static byte[] floats() {
        return cut(buffer(20)
                .put(new byte[] {0x11, 0x20, 31, 0})
                .putInt(4)
                .putShort((short) 0)
                .putShort((short) 32)
                .put(new byte[] {23, 8, 0, 23})
                .putInt(127));
    }

    private record Message(int type, int flags, byte[] body) {}

    private static byte[] object(List<Message> messages) {
        int size =
                messages.stream().mapToInt(message -> 4 + message.body().length).sum();
        ByteBuffer header = buffer(16 + size)
                .put("OHDR".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 2)
                .put((byte) 2)
                .putInt(size);
        for (Message message : messages) {
            header.put((byte) message.type())
                    .putShort((short) message.body().length)
                    .put((byte) message.flags())
                    .put(message.body());
        }
        return checked(header);
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] cut(ByteBuffer written) {
        byte[] bytes = new byte[written.position()];
        written.flip().get(bytes);
        return bytes;
    }

    /** What was written, with its checksum behind it. */
    private static byte[] checked(ByteBuffer written) {
        int length = written.position();
        return cut(written.putInt(Lookup3.of(written.array(), length)));
    }
}
