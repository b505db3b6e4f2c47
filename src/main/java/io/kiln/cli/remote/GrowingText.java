package io.kiln.cli.remote;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.LongFunction;

/** A file of lines that grows at its end, and may lose its middle meanwhile: tells what is new. */
final class GrowingText {
    private final LongFunction<Optional<byte[]>> bytesFrom;
    private long read;
    private String lastLine = "";

    /** @param bytesFrom what the file has from a byte on; empty where it does not have that byte */
    GrowingText(LongFunction<Optional<byte[]>> bytesFrom) {
        this.bytesFrom = bytesFrom;
    }

    /** What was written since this was last asked; everything the first time. */
    String next() {
        // the last byte that is known is asked for again: where it is missing the file has become shorter
        Optional<byte[]> more = read == 0 ? Optional.empty() : bytesFrom.apply(read - 1);
        String news = more.isPresent() ? text(more.get(), read - 1).substring(1) : behindLastLine(whole());
        if (!news.isEmpty()) {
            lastLine = news.substring(news.lastIndexOf('\n', news.length() - 2) + 1);
        }
        return news;
    }

    private String whole() {
        return text(bytesFrom.apply(0).orElse(new byte[0]), 0);
    }

    private String text(byte[] bytes, long first) {
        read = first + bytes.length;
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Where that line is gone everything is new. */
    private String behindLastLine(String text) {
        int at = lastLine.isEmpty() ? -1 : text.lastIndexOf(lastLine);
        return at < 0 ? text : text.substring(at + lastLine.length());
    }
}
