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
 * What stands before the elements of a file with contiguous arrays in its group {@code /exchange}: superblock 2 and version 2 object headers. The elements
 * can then be written in place. Source: HDF5 File Format Specification 3.0, sections II.A and IV.A.
 */
final class Hdf5Header {
    /** The elements begin here. */
    static final int BYTES = 1 << 16;

    private static final int ROOT = 48;
    private static final int EXCHANGE = 512;
    private static final int ARRAYS = 2048;
    private static final int ALIGNMENT = 4096;
    private static final long UNDEFINED = -1;
    private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1A, '\n'};

    private Hdf5Header() {}

    static ByteBuffer of(ArrayShape shape, SampleType type, Map<String, String> attributes) {
        return of(List.of(
                new ArrayForm("data", List.of(shape.first(), shape.second(), shape.third()), type, attributes)));
    }

    static ByteBuffer of(List<ArrayForm> arrays) {
        byte[] file = new byte[BYTES];
        List<Link> links = new ArrayList<>();
        int at = ARRAYS;
        for (int i = 0; i < arrays.size(); i++) {
            byte[] header = dataset(arrays.get(i), start(arrays, i));
            put(file, at, header);
            links.add(new Link(arrays.get(i).name(), at));
            at += header.length;
        }
        put(file, 0, superblock(end(arrays)));
        put(file, ROOT, group(List.of(new Link("exchange", EXCHANGE))));
        put(file, EXCHANGE, group(links));
        return ByteBuffer.wrap(file);
    }

    /** Where the elements of an array begin. */
    static long start(List<ArrayForm> arrays, int array) {
        long at = BYTES;
        for (ArrayForm before : arrays.subList(0, array)) {
            at += (before.bytes() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        }
        return at;
    }

    /** Length of the whole file. */
    static long end(List<ArrayForm> arrays) {
        int last = arrays.size() - 1;
        return start(arrays, last) + arrays.get(last).bytes();
    }

    private record Link(String name, long address) {}

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

    private static byte[] group(List<Link> children) {
        List<Message> messages = new ArrayList<>();
        messages.add(new Message(
                2,
                0,
                cut(buffer(32).put((byte) 0).put((byte) 0).putLong(UNDEFINED).putLong(UNDEFINED))));
        messages.add(new Message(10, 0, new byte[2]));
        for (Link child : children) {
            byte[] name = child.name().getBytes(StandardCharsets.US_ASCII);
            messages.add(new Message(
                    6,
                    0,
                    cut(buffer(64 + name.length)
                            .put((byte) 1)
                            .put((byte) 0)
                            .put((byte) name.length)
                            .put(name)
                            .putLong(child.address()))));
        }
        return object(messages);
    }

    private static byte[] dataset(ArrayForm array, long address) {
        SampleType type = array.type();
        List<Message> messages = new ArrayList<>();
        ByteBuffer space = buffer(4 + 8 * array.dimensions().size())
                .put((byte) 2)
                .put((byte) array.dimensions().size())
                .put((byte) 0)
                .put((byte) 1);
        array.dimensions().forEach(space::putLong);
        messages.add(new Message(1, 0, cut(space)));
        messages.add(new Message(3, 1, type == SampleType.FLOAT32 ? floats() : unsigned(type.bytes())));
        // space is allocated early, a fill value is written if one is set
        messages.add(new Message(5, 1, new byte[] {3, 0x09}));
        messages.add(new Message(
                8,
                0,
                cut(buffer(18).put((byte) 3).put((byte) 1).putLong(address).putLong(array.bytes()))));
        array.attributes().forEach((name, text) -> messages.add(new Message(12, 0, attribute(name, text))));
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
