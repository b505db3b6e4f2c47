package io.kiln.api.batches;

import io.kiln.api.PageParameters;
import io.kiln.api.problem.ProblemException;
import io.kiln.api.problem.ProblemType;
import io.kiln.batch.ContactSheet;
import io.kiln.persistence.Page;
import io.kiln.run.BatchId;
import io.kiln.security.RoleName;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The contact sheet of a batch. */
@Path("/batches/{batch}/contact-sheet")
@RequestScoped
@Tag(name = "batches")
public class ContactSheetResource {
    private static final Set<String> MARKS = Set.of("", "GOOD", "TRY_AGAIN", "SKIP", "NONE");

    @Inject
    private ContactSheet sheet;

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({RoleName.VIEWER, RoleName.OPERATOR, RoleName.ADMIN})
    @Operation(
            summary = "List a batch's items with what there is to see of them: failures first, then doubtful centres")
    public Page<SheetBody> list(
            @PathParam("batch") BatchId batch,
            @Parameter(description = "only items with this mark: GOOD, TRY_AGAIN, SKIP, or NONE for those without")
                    @QueryParam("mark")
                    @DefaultValue("")
                    String mark,
            @BeanParam PageParameters page) {
        if (!MARKS.contains(mark)) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST, "mark is '" + mark + "', but must be GOOD, TRY_AGAIN, SKIP or NONE");
        }
        return sheet.list(batch, mark, page.request()).map(SheetBody::of);
    }
}
