package io.kiln.api.runs;

import io.kiln.api.problem.Problem;
import io.kiln.api.problem.ProblemType;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A file, or the part of it that was asked for, as an answer. */
final class FileAnswer {
    private static final Map<String, String> TYPES = Map.of(
            "log",
            "text/plain;charset=UTF-8",
            "png",
            "image/png",
            "json",
            "application/json",
            "tif",
            "image/tiff",
            "tiff",
            "image/tiff",
            "h5",
            "application/x-hdf5");

    private FileAnswer() {}

    static Response of(Path file, String range) throws IOException {
        long bytes = Files.size(file);
        if (!ByteRange.isSingle(range)) {
            return answer(Response.ok(), file, new ByteRange(0, bytes - 1)).build();
        }
        Optional<ByteRange> part = ByteRange.of(range, bytes);
        if (part.isEmpty()) {
            Response problem = Problem.of(
                            ProblemType.RANGE_NOT_SATISFIABLE,
                            "Range is " + range + ", but the file has " + bytes + " bytes")
                    .toResponse();
            return Response.fromResponse(problem)
                    .header("Content-Range", "bytes */" + bytes)
                    .build();
        }
        ByteRange asked = part.get();
        return answer(Response.status(Response.Status.PARTIAL_CONTENT), file, asked)
                .header("Content-Range", "bytes " + asked.first() + "-" + asked.last() + "/" + bytes)
                .build();
    }

    private static Response.ResponseBuilder answer(Response.ResponseBuilder answer, Path file, ByteRange part) {
        StreamingOutput stream = body -> {
            try (FileChannel channel = FileChannel.open(file);
                    WritableByteChannel sink = Channels.newChannel(body)) {
                long at = part.first();
                while (at <= part.last()) {
                    long sent = channel.transferTo(at, part.last() - at + 1, sink);
                    if (sent == 0) {
                        throw new IOException(file + " became shorter while it was sent");
                    }
                    at += sent;
                }
            }
        };
        return answer.entity(stream)
                .type(type(file))
                .header(HttpHeaders.CONTENT_LENGTH, part.count())
                .header("Accept-Ranges", "bytes");
    }

    private static String type(Path file) {
        String name = file.getFileName().toString();
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return TYPES.getOrDefault(extension, "application/octet-stream");
    }
}
