package io.kiln.api.batches;

import io.kiln.api.Caller;
import io.kiln.api.problem.ProblemException;
import io.kiln.api.problem.ProblemType;
import io.kiln.batch.ItemMark;
import io.kiln.batch.ItemMarks;
import io.kiln.run.BatchId;
import io.kiln.run.ItemId;
import io.kiln.security.RoleName;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Arrays;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What people say of items who look at their pictures. */
@Path("/batches/{batch}/items/{item}/mark")
@RequestScoped
@Tag(name = "batches")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({RoleName.OPERATOR, RoleName.ADMIN})
public class MarkResource {
    @Inject
    private ItemMarks marks;

    @Context
    private SecurityContext security;

    @PathParam("batch")
    private BatchId batch;

    @PathParam("item")
    private ItemId item;

    /** @param mark GOOD, TRY_AGAIN where the centre is wrong, or SKIP where nothing more is to be done */
    public record NewMark(@NotNull String mark) {
        ItemMark.Verdict verdict() {
            return Arrays.stream(ItemMark.Verdict.values())
                    .filter(verdict -> verdict.name().equals(mark))
                    .findFirst()
                    .orElseThrow(() -> new ProblemException(
                            ProblemType.INVALID_REQUEST,
                            "mark is '" + mark + "', but must be one of "
                                    + Arrays.toString(ItemMark.Verdict.values())));
        }
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Mark an item as good, to be tried again, or to be skipped; the last word counts")
    public MarkBody mark(NewMark wanted) {
        return MarkBody.of(marks.set(batch, item, wanted.verdict(), Caller.of(security)));
    }

    @DELETE
    @Operation(summary = "Take an item's mark back")
    @APIResponse(responseCode = "204", description = "it has none")
    public void clear() {
        marks.clear(batch, item, Caller.of(security));
    }
}
