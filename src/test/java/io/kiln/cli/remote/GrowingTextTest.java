package io.kiln.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GrowingTextTest {
    private String file = "";
    private final GrowingText text = new GrowingText(this::bytesFrom);

    private Optional<byte[]> bytesFrom(long first) {
        byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
        return first < bytes.length
                ? Optional.of(Arrays.copyOfRange(bytes, (int) first, bytes.length))
                : Optional.empty();
    }

    @Test
    void whatIsNewIsToldOnce() {
        assertThat(text.next()).isEmpty();
        file = "1 µm\n2 µm\n";
        assertThat(text.next()).isEqualTo("1 µm\n2 µm\n");
        assertThat(text.next()).isEmpty();
        file += "3 µm\n";
        assertThat(text.next()).isEqualTo("3 µm\n");
    }

    @Test
    void aFileThatHasLostItsMiddleGoesOnBehindTheLastLineThatWasTold() {
        file = "one\ntwo\nthree\nfour\nfive\n";
        text.next();
        file = "one\nleft out\nfive\nsix\n";
        assertThat(text.next()).isEqualTo("six\n");
        file += "seven\n";
        assertThat(text.next()).isEqualTo("seven\n");
    }

    @Test
    void aFileWhoseToldLinesAreGoneIsToldWhole() {
        file = "one\ntwo\nthree\nfour\nfive\n";
        text.next();
        file = "one\nsix\n";
        assertThat(text.next()).isEqualTo("one\nsix\n");
    }
}
