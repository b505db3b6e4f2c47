package io.kiln.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.pipeline.InputRejectedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class FailureTextTest {
    @Test
    void saysWhatEachCauseAdds() {
        Exception failure = new IllegalStateException("slice 7 cannot be written", new IOException("no such device"));

        assertThat(FailureText.of(failure)).isEqualTo("slice 7 cannot be written: no such device");
    }

    @Test
    void doesNotRepeatAWrappedMessage() {
        Exception failure = new RuntimeException(new UncheckedIOException(new IOException("no such device")));

        assertThat(FailureText.of(failure)).isEqualTo("no such device");
    }

    @Test
    void addsNothingToTheSentenceOfARejectedInput() {
        Exception failure = new IllegalStateException(
                "no plan",
                new InputRejectedException("a.h5 is no HDF5 file; copy it again", new IOException("no signature")));

        assertThat(FailureText.of(failure)).isEqualTo("no plan: a.h5 is no HDF5 file; copy it again");
    }

    @Test
    void namesTheKindOfAFailureThatSaysTooLittle() {
        assertThat(FailureText.of(new NoSuchFileException("/data/scan.h5")))
                .isEqualTo("NoSuchFileException /data/scan.h5");
        assertThat(FailureText.of(new ArithmeticException())).isEqualTo("ArithmeticException");
        assertThat(FailureText.of(new IllegalStateException("no slab", new OutOfMemoryError("Java heap space"))))
                .isEqualTo("no slab: OutOfMemoryError Java heap space");
    }
}
