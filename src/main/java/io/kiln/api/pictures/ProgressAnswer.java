package io.kiln.api.pictures;

import io.kiln.persistence.UnknownIdException;
import io.kiln.picture.Projection;
import io.kiln.pipeline.InputRejectedException;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Tells a caller line by line how far something is. A caller who has gone cannot be written to, which ends it. */
final class ProgressAnswer {
    private static final Logger LOG = Logger.getLogger(ProgressAnswer.class.getName());
    private static final long EVERY_NANOSECONDS = 200_000_000;

    private final OutputStream body;
    private long toldAt;

    ProgressAnswer(OutputStream body) {
        this.body = body;
    }

    /** Runs it to its end, or until the caller has gone; what is wrong with the input is told, too. */
    void follow(Consumer<Projection.Progress> work) throws IOException {
        try {
            work.accept(this::tell);
            write(Json.createObjectBuilder().add("done", 1).add("total", 1).build());
        } catch (CancellationException gone) {
            LOG.log(Level.FINE, "nobody waits for it any more", gone);
        } catch (InputRejectedException | UnknownIdException problem) {
            write(Json.createObjectBuilder()
                    .add("problem", String.valueOf(problem.getMessage()))
                    .build());
        }
    }

    private void tell(long done, long total) {
        long now = System.nanoTime();
        if (now - toldAt >= EVERY_NANOSECONDS) {
            toldAt = now;
            try {
                write(Json.createObjectBuilder()
                        .add("done", done)
                        .add("total", total)
                        .build());
            } catch (IOException gone) {
                throw (CancellationException) new CancellationException("the caller has gone").initCause(gone);
            }
        }
    }

    private void write(JsonObject line) throws IOException {
        body.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        body.flush();
    }
}
