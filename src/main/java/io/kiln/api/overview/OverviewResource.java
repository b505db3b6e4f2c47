package io.kiln.api.overview;

import io.kiln.api.problem.ProblemException;
import io.kiln.api.problem.ProblemType;
import io.kiln.run.overview.Overview;
import io.kiln.run.overview.OverviewService;
import io.kiln.security.RoleName;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a laboratory is at. */
@Path("/overview")
@RequestScoped
@Tag(name = "overview")
@Produces(MediaType.APPLICATION_JSON)
public class OverviewResource {
    private static final int MOST_HOURS = 48;

    @Inject
    private OverviewService overview;

    @GET
    @RolesAllowed({RoleName.VIEWER, RoleName.OPERATOR, RoleName.ADMIN})
    @Operation(
            summary = "Show what the devices do and did, what waits and why, and what waits for somebody",
            description = "One answer for a page that shows all of it: what lists would take many calls for.")
    public Overview show(
            @Parameter(description = "how far back the devices' lanes go, from 1 to " + MOST_HOURS)
                    @QueryParam("hours")
                    @DefaultValue("6")
                    int hours) {
        if (hours < 1 || hours > MOST_HOURS) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST, "hours is " + hours + ", but must be from 1 to " + MOST_HOURS);
        }
        return overview.over(Duration.ofHours(hours));
    }
}
