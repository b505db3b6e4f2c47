package io.kiln.api.batches;

import io.kiln.api.Caller;
import io.kiln.api.EditVersion;
import io.kiln.api.PageParameters;
import io.kiln.api.json.PatchReader;
import io.kiln.batch.Batch;
import io.kiln.batch.BatchService;
import io.kiln.batch.BatchTallies;
import io.kiln.batch.BatchTally;
import io.kiln.batch.FolderScan;
import io.kiln.batch.ItemService;
import io.kiln.batch.ItemSettings;
import io.kiln.batch.Rescan;
import io.kiln.persistence.Page;
import io.kiln.run.BatchId;
import io.kiln.security.RoleName;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.transaction.Transactional;
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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Batches: ordered, named collections of items with shared parameters. */
@Path("/batches")
@RequestScoped
@Tag(name = "batches")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({RoleName.OPERATOR, RoleName.ADMIN})
public class BatchResource {
    @Inject
    private BatchService batches;

    @Inject
    private BatchTallies tallies;

    @Inject
    private ItemService items;

    @Inject
    private FolderScan folders;

    @Inject
    private Rescan rescan;

    @Context
    private SecurityContext security;

    @GET
    @Transactional
    @RolesAllowed({RoleName.VIEWER, RoleName.OPERATOR, RoleName.ADMIN})
    @Operation(summary = "List batches, newest first")
    public Page<BatchBody> list(@BeanParam PageParameters page) {
        Page<Batch> shown = batches.list(page.request());
        Map<BatchId, BatchTally> tallies =
                this.tallies.of(shown.items().stream().map(Batch::id).toList());
        return shown.map(batch -> BatchBody.of(batch, batches.settings(batch), tallies.get(batch.id())));
    }

    @POST
    @Transactional
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Create a batch, with items from a folder, a list, or both")
    @APIResponseSchema(value = BatchBody.class, responseCode = "201")
    public Response create(NewBatch wanted) {
        Batch batch = batches.create(wanted.settings(), Caller.of(security));
        List<ItemSettings> first = wanted.items(folders);
        if (!first.isEmpty()) {
            items.add(batch.id(), first, Caller.of(security));
            wanted.sourceFolder().ifPresent(folder -> rescan.remember(batch.id(), folder, wanted.sourcePattern()));
            rescan.lookFirst(batch.id(), Caller.of(security));
        }
        return Response.created(URI.create("batches/" + batch.id()))
                .tag(EditVersion.tag(batch.version()))
                .entity(body(batch))
                .build();
    }

    @GET
    @Path("/{batch}")
    @RolesAllowed({RoleName.VIEWER, RoleName.OPERATOR, RoleName.ADMIN})
    @Operation(summary = "Show a batch")
    @APIResponseSchema(BatchBody.class)
    public Response show(@PathParam("batch") BatchId id) {
        return tagged(batches.get(id));
    }

    @PATCH
    @Path("/{batch}")
    @Transactional
    @Consumes({MediaType.APPLICATION_JSON, PatchReader.MERGE_PATCH})
    @Operation(
            summary = "Edit a batch",
            description = "A JSON merge patch (RFC 7396) of name, pipeline, parameters, target, output, maxDevices and"
                    + " shared (true or false, not null; its owner's or an administrator's to change). Runs that are queued keep what they"
                    + " were queued with; maxDevices counts at once for every run that is not yet begun.")
    @RequestBody(content = @Content(schema = @Schema(implementation = BatchEdit.class)))
    @APIResponseSchema(BatchBody.class)
    @APIResponse(responseCode = "412", description = "somebody else has edited it; the problem holds both versions")
    public Response edit(
            @PathParam("batch") BatchId id, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch, JsonObject patch) {
        int version = EditVersion.expected(ifMatch, batches.lock(id).version());
        return tagged(batches.edit(id, version, patch, Caller.of(security)));
    }

    @DELETE
    @Path("/{batch}")
    @Operation(summary = "Forget a batch with its items and runs; outputs stay")
    @APIResponse(responseCode = "204", description = "forgotten")
    @APIResponse(responseCode = "409", description = "one of its runs is active; the problem holds the run's state")
    public void delete(@PathParam("batch") BatchId id) {
        batches.delete(id, Caller.of(security));
    }

    @POST
    @Path("/{batch}/stop")
    @Operation(summary = "Stop every run of the batch that is not over")
    @APIResponseSchema(value = Stopped.class, responseCode = "202")
    public Response stop(@PathParam("batch") BatchId id) {
        return Response.accepted(new Stopped(batches.stop(id, Caller.of(security))))
                .build();
    }

    @POST
    @Path("/{batch}/rescan")
    @Transactional
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Look at the folders of a batch again",
            description = "Adds the files that are new, marks items whose input has gone, and recognises outputs that"
                    + " tomocupy has left beside the inputs. A folder that is given is looked at now and whenever"
                    + " the batch is looked at again.")
    @APIResponseSchema(RescanBody.class)
    public RescanBody rescan(@PathParam("batch") BatchId id, RescanBody.Wanted wanted) {
        batches.get(id);
        wanted.sourceFolder().ifPresent(folder -> rescan.remember(id, folder, wanted.sourcePattern()));
        return RescanBody.of(rescan.rescan(id, Caller.of(security)));
    }

    /** @param runs how many runs were asked to stop */
    public record Stopped(int runs) {}

    private Response tagged(Batch batch) {
        return Response.ok(body(batch)).tag(EditVersion.tag(batch.version())).build();
    }

    private BatchBody body(Batch batch) {
        return BatchBody.of(batch, batches.settings(batch), tallies.of(batch.id()));
    }
}
