package io.kiln.api.runs;

import io.kiln.api.problem.ProblemException;
import io.kiln.api.problem.ProblemType;
import io.kiln.job.RunId;
import io.kiln.persistence.UnknownIdException;
import io.kiln.run.Run;
import io.kiln.run.RunService;
import io.kiln.security.RoleName;
import io.kiln.volume.preview.GreyPicture;
import io.kiln.volume.preview.PublishedVolume;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Pictures of what runs have published. */
@Path("/runs/{run}/preview.png")
@RequestScoped
@Tag(name = "runs")
public class PreviewResource {
    private static final int LARGEST_EDGE = 1024;

    @Inject
    private RunService runs;

    @GET
    @Produces("image/png")
    @RolesAllowed({RoleName.VIEWER, RoleName.OPERATOR, RoleName.ADMIN})
    @Operation(
            summary = "See a slice of a run's output",
            description =
                    "Without parameters the picture that was published with the output. Edges are at most 1024 pixels long.")
    @APIResponse(responseCode = "200", description = "the picture")
    public Response show(
            @PathParam("run") RunId id,
            @Parameter(description = "number of the slice, from 0; the middle one where only a window is given")
                    @QueryParam("slice")
                    Integer slice,
            @Parameter(description = "the value that is black") @QueryParam("min") Double black,
            @Parameter(description = "the value that is white") @QueryParam("max") Double white)
            throws IOException {
        Run run = runs.find(id);
        java.nio.file.Path output = runs.published(run);
        if (slice == null && black == null && white == null) {
            return FileAnswer.of(new RunOutput(output, run.output().form()).preview(), null);
        }
        if (black == null != (white == null)) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST,
                    "min is " + black + " and max is " + white + "; give both, or neither for a window that fits");
        }
        try (PublishedVolume volume = PublishedVolume.open(output)) {
            GreyPicture picture = volume.picture(slice == null ? volume.slices() / 2 : slice, LARGEST_EDGE);
            return Response.ok(black == null ? picture.png() : picture.png(black, white))
                    .build();
        } catch (NoSuchFileException e) {
            throw new UnknownIdException("published output of run", id + "; it is " + run.state());
        }
    }
}
