package io.kiln.volume.tiff;

import io.kiln.volume.ByteStore;
import io.kiln.volume.DamagedDataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * One image file directory: the entries that describe an image. Classic TIFF and BigTIFF. Source: TIFF revision 6.0 (1992), section 2, and the BigTIFF
 * design (2004).
 *
 * @param next where the next directory begins, 0 behind the last one
 */
record TiffDirectory(Format format, Map<Integer, long[]> numbers, String description, long next) {
    private static final int DESCRIPTION = 270;
    private static final int MOST_ENTRIES = 4096;
    private static final int MOST_VALUES = 1 << 20;
    private static final int LONGEST_DESCRIPTION = 1 << 16;

    /**
     * What the file's header says.
     *
     * @param big true for BigTIFF, whose offsets have 8 bytes
     * @param first where the first directory begins
     */
    record Format(ByteOrder order, boolean big, long first) {
        static Format of(ByteStore file) throws IOException {
            ByteBuffer header = bytes(file, 0, 8, ByteOrder.LITTLE_ENDIAN);
            short mark = header.getShort();
            if (mark != 0x4949 && mark != 0x4D4D) {
                throw new DamagedDataException("it does not begin like a TIFF file");
            }
            header.order(mark == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            int version = header.getShort();
            if (version == 42) {
                return new Format(header.order(), false, header.getInt() & 0xFFFFFFFFL);
            }
            if (version != 43) {
                throw new DamagedDataException(
                        "it says that it is version " + version + " of TIFF, but must be 42 or 43");
            }
            return new Format(
                    header.order(), true, bytes(file, 8, 8, header.order()).getLong());
        }

        int offsetBytes() {
            return big ? 8 : 4;
        }
    }

    static TiffDirectory read(ByteStore file, Format format, long position) throws IOException {
        int countBytes = format.big() ? 8 : 2;
        ByteBuffer head = bytes(file, position, countBytes, format.order());
        long count = format.big() ? head.getLong() : head.getShort() & 0xFFFF;
        if (count < 1 || count > MOST_ENTRIES) {
            throw new DamagedDataException("a directory at byte " + position + " has " + count + " entries");
        }
        int entryBytes = format.big() ? 20 : 12;
        int length = (int) count * entryBytes + format.offsetBytes();
        ByteBuffer entries = bytes(file, position + countBytes, length, format.order());
        Map<Integer, long[]> numbers = new HashMap<>();
        String description = "";
        for (int i = 0; i < count; i++) {
            Entry entry = Entry.of(entries, i * entryBytes, format);
            if (entry.tag() == DESCRIPTION) {
                description = entry.text(file, format);
            } else if (entry.isWhole() && entry.count() <= MOST_VALUES) {
                numbers.put(entry.tag(), entry.numbers(file, format));
            }
        }
        return new TiffDirectory(format, numbers, description, offset(entries, (int) count * entryBytes, format));
    }

    /** The first number of an entry, or this one where the entry is missing. */
    long number(int tag, long missing) {
        long[] found = numbers.get(tag);
        return found == null || found.length == 0 ? missing : found[0];
    }

    private static long offset(ByteBuffer bytes, int at, Format format) {
        return format.big() ? bytes.getLong(at) : bytes.getInt(at) & 0xFFFFFFFFL;
    }

    static ByteBuffer bytes(ByteStore file, long position, int count, ByteOrder order) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count).order(order);
        file.read(position, bytes);
        return bytes.flip();
    }

    /** @param value the entry's last bytes: its values where they fit, else where they are */
    private record Entry(int tag, int type, long count, ByteBuffer value) {
        static Entry of(ByteBuffer entries, int at, Format format) {
            int valueAt = at + 4 + format.offsetBytes();
            return new Entry(
                    entries.getShort(at) & 0xFFFF,
                    entries.getShort(at + 2) & 0xFFFF,
                    offset(entries, at + 4, format),
                    entries.slice(valueAt, format.offsetBytes()).order(format.order()));
        }

        boolean isWhole() {
            return type == 1 || type == 3 || type == 4 || type == 16;
        }

        private int bytesOfOne() {
            return switch (type) {
                case 3 -> 2;
                case 4 -> 4;
                case 16 -> 8;
                default -> 1;
            };
        }

        private ByteBuffer values(ByteStore file, Format format) throws IOException {
            long length = count * bytesOfOne();
            return length <= value.capacity()
                    ? value
                    : bytes(file, offset(value, 0, format), Math.toIntExact(length), format.order());
        }

        long[] numbers(ByteStore file, Format format) throws IOException {
            ByteBuffer stored = values(file, format);
            long[] numbers = new long[(int) count];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = switch (bytesOfOne()) {
                    case 2 -> stored.getShort(2 * i) & 0xFFFF;
                    case 4 -> stored.getInt(4 * i) & 0xFFFFFFFFL;
                    case 8 -> stored.getLong(8 * i);
                    default -> stored.get(i) & 0xFF;
                };
            }
            return numbers;
        }

        String text(ByteStore file, Format format) throws IOException {
            if (type != 2 || count > LONGEST_DESCRIPTION) {
                return "";
            }
            ByteBuffer stored = values(file, format);
            byte[] text = new byte[(int) count];
            stored.get(0, text);
            return new String(text, StandardCharsets.UTF_8).replace("\0", "");
        }
    }
}
