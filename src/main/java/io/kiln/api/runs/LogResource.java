package io.kiln.api.runs;

import io.kiln.api.problem.ProblemException;
import io.kiln.api.problem.ProblemType;
import io.kiln.job.RunId;
import io.kiln.run.RunLogs;
import io.kiln.run.RunService;
import io.kiln.security.RoleName;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Logs of runs. */
@Path("/runs/{run}/log")
@RequestScoped
@Tag(name = "runs")
public class LogResource {
    private static final int MOST_LINES = 100_000;

    @Inject
    private RunService runs;

    @Inject
    private RunLogs logs;

    @GET
    @Produces(MediaType.TEXT_PLAIN + ";charset=UTF-8")
    @RolesAllowed({RoleName.VIEWER, RoleName.OPERATOR, RoleName.ADMIN})
    @Operation(
            summary = "Read a run's log; a line holds its time and a sentence",
            description =
                    "With a Range header, such as bytes=4096-, what was written since so many bytes were read; 416 when that is nothing.")
    @APIResponse(responseCode = "200", description = "the log, or its last lines")
    @APIResponse(responseCode = "206", description = "the part that was asked for")
    public Response read(
            @PathParam("run") RunId id,
            @Parameter(description = "only the last lines, 1 to " + MOST_LINES + "; goes without Range")
                    @QueryParam("tail")
                    Integer tail,
            @HeaderParam("Range") String range)
            throws IOException {
        if (tail != null && (tail < 1 || tail > MOST_LINES)) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST, "tail is " + tail + ", but must be from 1 to " + MOST_LINES);
        }
        if (tail != null && range != null) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST, "tail is " + tail + " and Range is " + range + "; give one of them");
        }
        runs.find(id);
        Optional<java.nio.file.Path> file = logs.file(id);
        if (range != null && file.isPresent()) {
            return FileAnswer.of(file.get(), range);
        }
        return Response.ok(logs.tail(id, tail == null ? MOST_LINES : tail).stream()
                        .map(line -> line + "\n")
                        .collect(Collectors.joining()))
                .build();
    }
}
