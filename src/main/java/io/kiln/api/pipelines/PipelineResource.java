package io.kiln.api.pipelines;

import io.kiln.persistence.Page;
import io.kiln.persistence.UnknownIdException;
import io.kiln.pipeline.PipelineName;
import io.kiln.pipeline.Pipelines;
import io.kiln.security.RoleName;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What can be done to an item. */
@Path("/pipelines")
@RequestScoped
@Tag(name = "pipelines")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({RoleName.VIEWER, RoleName.OPERATOR, RoleName.ADMIN})
public class PipelineResource {
    @Inject
    private Pipelines catalogue;

    @GET
    @Operation(summary = "List the pipelines with the JSON Schema of their parameters")
    public Page<PipelineView> list() {
        return new Page<>(catalogue.all().stream().map(PipelineView::of).toList(), null);
    }

    @GET
    @Path("/{name}")
    @Operation(
            summary = "Show one pipeline with the JSON Schema of its parameters",
            description =
                    "Beside the standard's own keywords each parameter has, where it applies, unit, x-group (the heading that it stands under in a form), x-file"
                            + " (true where it names an input file) and x-effect (false where it changes nothing of this pipeline's result). The properties stand in"
                            + " the order of a form.")
    public PipelineView show(@PathParam("name") PipelineName name) {
        return catalogue.find(name).map(PipelineView::of).orElseThrow(() -> new UnknownIdException("pipeline", name));
    }
}
