package io.kiln.api.runs;

import io.kiln.api.problem.ProblemException;
import io.kiln.api.problem.ProblemType;
import io.kiln.job.RunId;
import io.kiln.persistence.Page;
import io.kiln.run.Run;
import io.kiln.run.RunService;
import io.kiln.security.RoleName;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What runs have published. A resource at {@code /runs/{run}} would hide the methods of {@link RunResource} from JAX-RS. */
@Path("/runs/{run}/outputs")
@RequestScoped
@Tag(name = "runs")
@RolesAllowed({RoleName.VIEWER, RoleName.OPERATOR, RoleName.ADMIN})
public class OutputResource {
    @Inject
    private RunService runs;

    @PathParam("run")
    private RunId id;

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "List the files that a run has published, by path")
    public Page<OutputFile> list(
            @Parameter(description = "the 'next' of the page before") @QueryParam("after") @DefaultValue("")
                    String after,
            @Parameter(description = "most files of the page, from 1 to 500") @QueryParam("limit") @DefaultValue("100")
                    int limit)
            throws IOException {
        if (limit < 1 || limit > Page.LARGEST) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST, "limit is " + limit + ", but must be from 1 to " + Page.LARGEST);
        }
        Run run = runs.find(id);
        List<OutputFile> all = run.state().hasOutput() ? output(run).files() : List.of();
        List<OutputFile> rest = all.stream()
                .filter(file -> file.path().compareTo(after) > 0)
                .limit(limit + 1L)
                .toList();
        return rest.size() <= limit
                ? new Page<>(rest, null)
                : new Page<>(rest.subList(0, limit), rest.get(limit - 1).path());
    }

    @GET
    @Path("/{path: .+}")
    @Produces(MediaType.WILDCARD)
    @Operation(summary = "Download one file, or with a Range header a part of it")
    @APIResponse(responseCode = "200", description = "the file")
    @APIResponse(responseCode = "206", description = "the part that was asked for")
    public Response download(
            @Parameter(description = "as the list of outputs gives it") @PathParam("path") String path,
            @HeaderParam("Range") String range)
            throws IOException {
        return FileAnswer.of(output(runs.find(id)).file(path), range);
    }

    private RunOutput output(Run run) {
        return new RunOutput(runs.published(run), run.output().form());
    }
}
