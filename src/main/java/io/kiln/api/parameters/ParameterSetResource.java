package io.kiln.api.parameters;

import io.kiln.access.Requester;
import io.kiln.api.Caller;
import io.kiln.api.EditVersion;
import io.kiln.api.PageParameters;
import io.kiln.api.batches.ItemChoice;
import io.kiln.batch.ItemParameters;
import io.kiln.batch.ParameterSet;
import io.kiln.batch.ParameterSetId;
import io.kiln.batch.ParameterSets;
import io.kiln.persistence.Page;
import io.kiln.pipeline.PipelineName;
import io.kiln.run.BatchId;
import io.kiln.security.RoleName;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Parameter sets: parameters kept under a name, to be used again. */
@Path("/parameter-sets")
@RequestScoped
@Tag(name = "parameter sets")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({RoleName.OPERATOR, RoleName.ADMIN})
public class ParameterSetResource {
    @Inject
    private ParameterSets sets;

    @Inject
    private ItemParameters items;

    @Context
    private SecurityContext security;

    @GET
    @RolesAllowed({RoleName.VIEWER, RoleName.OPERATOR, RoleName.ADMIN})
    @Operation(summary = "List one's own parameter sets and those that are shared, newest first")
    public Page<ParameterSetBody> list(
            @Parameter(description = "only sets for this pipeline, and for any") @QueryParam("pipeline")
                    String pipeline,
            @BeanParam PageParameters page) {
        return sets.list(Optional.ofNullable(pipeline).map(PipelineName::new), page.request(), requester())
                .map(ParameterSetBody::of);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Keep parameters under a name")
    @APIResponseSchema(value = ParameterSetBody.class, responseCode = "201")
    public Response create(NewParameterSet wanted) {
        ParameterSet set = sets.create(wanted.content(), requester());
        return Response.created(URI.create("parameter-sets/" + set.id()))
                .tag(EditVersion.tag(set.version()))
                .entity(ParameterSetBody.of(set))
                .build();
    }

    @GET
    @Path("/{set}")
    @RolesAllowed({RoleName.VIEWER, RoleName.OPERATOR, RoleName.ADMIN})
    @Operation(summary = "Show a parameter set")
    @APIResponseSchema(ParameterSetBody.class)
    public Response show(@PathParam("set") ParameterSetId id) {
        return tagged(sets.get(id, requester()));
    }

    @PATCH
    @Path("/{set}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Change a parameter set",
            description =
                    "What is absent stays; parameters take the place of all that it had. Items that were given the set keep what they were given.")
    @APIResponseSchema(ParameterSetBody.class)
    @APIResponse(responseCode = "403", description = "it is somebody else's; the problem holds its owner")
    @APIResponse(responseCode = "412", description = "it was changed meanwhile; the problem holds both versions")
    public Response edit(
            @PathParam("set") ParameterSetId id,
            @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
            ParameterSetEdit edit) {
        ParameterSet present = sets.get(id, requester());
        int version = EditVersion.expected(ifMatch, present.version());
        return tagged(sets.edit(id, version, edit.of(present.content()), requester()));
    }

    @DELETE
    @Path("/{set}")
    @Operation(summary = "Forget a parameter set; items that were given it keep what they were given")
    @APIResponse(responseCode = "204", description = "forgotten")
    @APIResponse(responseCode = "403", description = "it is somebody else's; the problem holds its owner")
    public void delete(@PathParam("set") ParameterSetId id) {
        sets.delete(id, requester());
    }

    @POST
    @Path("/{set}/apply")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Give items of a batch the parameters of a set, all or none")
    public Changed apply(@PathParam("set") ParameterSetId id, SetUse use) {
        ParameterSet set = sets.get(id, requester());
        return new Changed(items.give(
                new BatchId(use.batch()),
                ItemChoice.of(use.items(), use.from()),
                set.content().parameters(),
                Boolean.TRUE.equals(use.replace()),
                Caller.of(security)));
    }

    /** @param items how many have other parameters now than before */
    public record Changed(int items) {}

    private Requester requester() {
        return Caller.requester(security);
    }

    private static Response tagged(ParameterSet set) {
        return Response.ok(ParameterSetBody.of(set))
                .tag(EditVersion.tag(set.version()))
                .build();
    }
}
