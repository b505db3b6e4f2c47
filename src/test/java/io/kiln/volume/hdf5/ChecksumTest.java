package io.kiln.volume.hdf5;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ChecksumTest {
    @Test
    void lookup3GivesTheValuesThatItsAuthorPublished() {
        byte[] text = "Four score and seven years ago".getBytes(StandardCharsets.US_ASCII);
        assertThat(Lookup3.of(new byte[0], 0)).isEqualTo(0xDEADBEEF);
        assertThat(Lookup3.of(text, 30)).isEqualTo(0x17770551);
    }

    @Test
    void fletcher32SumsWordsAndAnOddLastByte() {
        assertThat(Fletcher32.of(new byte[] {0, 1, 0, 2}, 4)).isEqualTo(4 << 16 | 3);
        assertThat(Fletcher32.of(new byte[] {0, 1, 2}, 3)).isEqualTo(514 << 16 | 513);
        assertThat(Fletcher32.of(new byte[0], 0)).isZero();
    }
}
