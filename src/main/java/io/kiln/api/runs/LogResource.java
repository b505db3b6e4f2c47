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
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
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
    @Operation(summary = "Read a run's log; a line holds its time and a sentence")
    public String read(
            @PathParam("run") RunId id,
            @Parameter(description = "only the last lines") @QueryParam("tail") @DefaultValue("" + MOST_LINES)
                    int tail) {
        if (tail < 1 || tail > MOST_LINES) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST, "tail is " + tail + ", but must be from 1 to " + MOST_LINES);
        }
        runs.find(id);
        return logs.tail(id, tail).stream().map(line -> line + "\n").collect(Collectors.joining());
    }
}
