package io.kiln.api.batches;

import io.kiln.api.Caller;
import io.kiln.api.EditVersion;
import io.kiln.api.PageParameters;
import io.kiln.api.json.PatchReader;
import io.kiln.api.problem.ProblemException;
import io.kiln.api.problem.ProblemType;
import io.kiln.batch.Item;
import io.kiln.batch.ItemMarks;
import io.kiln.batch.ItemRemoval;
import io.kiln.batch.ItemService;
import io.kiln.batch.ItemSettings;
import io.kiln.batch.ItemTable;
import io.kiln.persistence.Page;
import io.kiln.root.DataRootService;
import io.kiln.root.Location;
import io.kiln.run.BatchId;
import io.kiln.run.ItemId;
import io.kiln.security.RoleName;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
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
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The items of a batch; they can be changed while it runs. */
@Path("/batches/{batch}/items")
@RequestScoped
@Tag(name = "batches")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({RoleName.OPERATOR, RoleName.ADMIN})
public class ItemResource {
    @Inject
    private ItemService items;

    @Inject
    private ItemRemoval removal;

    @Inject
    private ItemMarks marks;

    @Inject
    private ItemTable table;

    @Inject
    private DataRootService roots;

    @Context
    private SecurityContext security;

    @PathParam("batch")
    private BatchId batch;

    @GET
    @Transactional
    @RolesAllowed({RoleName.VIEWER, RoleName.OPERATOR, RoleName.ADMIN})
    @Operation(
            summary = "List the items of a batch in their order, with their newest runs",
            description =
                    "'items' names up to 100 of them, separated by commas: only those that the batch has are answered.")
    public Page<ItemRow> list(
            @Parameter(description = "only these ids, separated by commas") @QueryParam("items") String some,
            @BeanParam PageParameters page) {
        Page<ItemTable.Row> rows = some == null
                ? table.list(batch, page.request())
                : new Page<>(table.some(batch, ItemsMember.ids(some)), null);
        return rows.map(row -> ItemRow.of(row, items.settings(row.item()), this::place));
    }

    private String place(Location place) {
        return roots.path(place).toString();
    }

    @POST
    @Transactional
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Add items at the end, all or none")
    @APIResponse(responseCode = "201", description = "the added items")
    @APIResponseSchema(value = Added.class, responseCode = "201")
    public Response add(NewItems wanted) {
        Added added = new Added(
                items.add(batch, wanted.items().stream().map(NewItem::settings).toList(), Caller.of(security)).stream()
                        .map(item -> ItemBody.of(item, items.settings(item), Optional.empty()))
                        .toList(),
                null);
        return Response.status(Response.Status.CREATED).entity(added).build();
    }

    /** The items that were added. */
    public record Added(List<ItemBody> items, String next) {}

    @GET
    @Path("/{item}")
    @RolesAllowed({RoleName.VIEWER, RoleName.OPERATOR, RoleName.ADMIN})
    @Operation(summary = "Show an item")
    @APIResponseSchema(ItemBody.class)
    public Response show(@PathParam("item") ItemId id) {
        return tagged(items.get(batch, id));
    }

    @PATCH
    @Path("/{item}")
    @Transactional
    @Consumes({MediaType.APPLICATION_JSON, PatchReader.MERGE_PATCH})
    @Operation(
            summary = "Edit or move an item",
            description =
                    "A JSON merge patch (RFC 7396) of input, name, parameters, comment and after; position moves the"
                            + " item to a place in the batch, from 0: it is not the number that the list orders items by.")
    @RequestBody(content = @Content(schema = @Schema(implementation = ItemEdit.class)))
    @APIResponseSchema(ItemBody.class)
    @APIResponse(responseCode = "412", description = "somebody else has edited it; the problem holds both versions")
    public Response edit(
            @PathParam("item") ItemId id, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch, JsonObject patch) {
        String who = Caller.of(security);
        Item item = items.lock(batch, id);
        int version = EditVersion.expected(ifMatch, item.version());
        JsonObject settings =
                Json.createObjectBuilder(patch).remove(ItemSettings.POSITION).build();
        return tagged(items.edit(batch, id, version, settings, place(patch), who));
    }

    private static OptionalInt place(JsonObject patch) {
        if (!patch.containsKey(ItemSettings.POSITION)) {
            return OptionalInt.empty();
        }
        JsonValue position = patch.get(ItemSettings.POSITION);
        OptionalInt place = WholeNumber.atLeast(0, position);
        if (place.isEmpty()) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST,
                    "position is " + position + ", but must be " + WholeNumber.words(0) + ", the place in the batch");
        }
        return place;
    }

    @DELETE
    @Path("/{item}")
    @Operation(
            summary = "Remove an item with its runs",
            description = "Every file is audited. The item stays where a file of it could not be deleted.")
    @APIResponse(responseCode = "204", description = "removed")
    @APIResponse(responseCode = "400", description = "a file could not be deleted; the problem says which and why")
    @APIResponse(responseCode = "409", description = "one of its runs is active; the problem holds the run's state")
    public void remove(
            @PathParam("item") ItemId id,
            @Parameter(description = "delete what its runs have published, too")
                    @QueryParam("outputs")
                    @DefaultValue("false")
                    boolean outputs,
            @Parameter(
                            description =
                                    "delete its input file, too; the item stays where that is an input of a batch that is somebody else's alone")
                    @QueryParam("input")
                    @DefaultValue("false")
                    boolean input) {
        removal.removeOne(batch, id, outputs, input, Caller.of(security));
    }

    private Response tagged(Item item) {
        return Response.ok(body(item)).tag(EditVersion.tag(item.version())).build();
    }

    private ItemBody body(Item item) {
        return ItemBody.of(item, items.settings(item), marks.of(item.id()));
    }
}
