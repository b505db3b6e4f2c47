package io.kiln.api.runs;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a file that a Range header asks for.
 *
 * @param first first byte, from 0
 * @param last last byte, inclusive
 */
record ByteRange(long first, long last) {
    private static final Pattern SINGLE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    long count() {
        return last - first + 1;
    }

    /** True where the header is one that this server answers with a part; every other header is ignored, as RFC 9110 allows. */
    static boolean isSingle(String header) {
        return header != null && SINGLE.matcher(header).matches() && !header.equals("bytes=-");
    }

    /** The part of a file of this many bytes; empty where the file does not have it. */
    static Optional<ByteRange> of(String header, long bytes) {
        Matcher single = SINGLE.matcher(header);
        if (!single.matches()) {
            throw new IllegalArgumentException("'" + header + "' is no single range of bytes");
        }
        if (single.group(1).isEmpty()) {
            long suffix = Math.min(bytes, Long.parseLong(single.group(2)));
            return suffix == 0 ? Optional.empty() : Optional.of(new ByteRange(bytes - suffix, bytes - 1));
        }
        long first = Long.parseLong(single.group(1));
        long last = single.group(2).isEmpty() ? bytes - 1 : Math.min(bytes - 1, Long.parseLong(single.group(2)));
        return first > last ? Optional.empty() : Optional.of(new ByteRange(first, last));
    }
}
