package io.kiln.api.runs;

import io.kiln.job.RunId;
import io.kiln.run.history.RunHistory;
import io.kiln.run.history.RunTimeline;
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

/** What has happened to runs. */
@Path("/runs/{run}/timeline")
@RequestScoped
@Tag(name = "runs")
@Produces(MediaType.APPLICATION_JSON)
public class TimelineResource {
    @Inject
    private RunHistory history;

    @GET
    @RolesAllowed({RoleName.VIEWER, RoleName.OPERATOR, RoleName.ADMIN})
    @Operation(
            summary = "Show a run's attempts, with their steps and partitions, how each ended, and what to do about"
                    + " failures")
    public RunTimeline show(@PathParam("run") RunId id) {
        return history.of(id);
    }
}
