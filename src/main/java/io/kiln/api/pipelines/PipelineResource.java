package io.kiln.api.pipelines;

import io.kiln.api.Page;
import io.kiln.api.problem.ProblemException;
import io.kiln.api.problem.ProblemType;
import io.kiln.pipeline.Pipeline;
import io.kiln.security.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Comparator;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What can be done to an item. */
@Path("/pipelines")
@RequestScoped
@Tag(name = "pipelines")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.VIEWER, Role.OPERATOR, Role.ADMIN})
public class PipelineResource {
    @Inject
    @Any
    private Instance<Pipeline> pipelines;

    @GET
    @Operation(summary = "List the pipelines with the JSON Schema of their parameters")
    public Page<PipelineView> list() {
        return Page.whole(pipelines.stream()
                .map(PipelineView::of)
                .sorted(Comparator.comparing(PipelineView::name))
                .toList());
    }

    @GET
    @Path("/{name}")
    @Operation(summary = "Show one pipeline with the JSON Schema of its parameters")
    public PipelineView show(@PathParam("name") String name) {
        return pipelines.stream()
                .filter(pipeline -> pipeline.name().value().equals(name))
                .findFirst()
                .map(PipelineView::of)
                .orElseThrow(() -> unknown(name));
    }

    private ProblemException unknown(String name) {
        String known = pipelines.stream()
                .map(pipeline -> pipeline.name().value())
                .sorted()
                .collect(Collectors.joining(", "));
        return new ProblemException(ProblemType.NOT_FOUND, "there is no pipeline '" + name + "'; there are " + known);
    }
}
