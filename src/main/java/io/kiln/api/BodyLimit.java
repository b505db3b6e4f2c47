package io.kiln.api;

import io.kiln.api.problem.ProblemException;
import io.kiln.api.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Refuses bodies that are too large, with an answer. The server's own limit (wildfly-config/kiln.cli) is above this one: what goes beyond that has its
 * connection cut.
 */
@Provider
public class BodyLimit implements ContainerRequestFilter {
    private static final int MEBIBYTES = 10;
    private static final long MOST_BYTES = MEBIBYTES * 1024L * 1024L;

    @Context
    private HttpServletRequest servletRequest;

    @Override
    public void filter(ContainerRequestContext request) {
        requireAtMost(servletRequest.getContentLengthLong());
        // a body that comes in chunks does not say beforehand how long it is
        request.setEntityStream(new Counted(request.getEntityStream()));
    }

    private static void requireAtMost(long bytes) {
        if (bytes > MOST_BYTES) {
            throw new ProblemException(
                    ProblemType.TOO_LARGE,
                    "the body has more than " + MEBIBYTES + " MiB; send less at once, for example fewer items");
        }
    }

    /** Ends with the refusal where too much comes. */
    private static final class Counted extends FilterInputStream {
        private long bytes;

        Counted(InputStream body) {
            super(body);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            count(Math.max(read, 0));
            return read;
        }

        private void count(int more) {
            bytes += more;
            requireAtMost(bytes);
        }
    }
}
