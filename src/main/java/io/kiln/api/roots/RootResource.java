package io.kiln.api.roots;

import io.kiln.api.Caller;
import io.kiln.persistence.Page;
import io.kiln.root.DataRoot;
import io.kiln.root.DataRootService;
import io.kiln.root.RootId;
import io.kiln.security.RoleName;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Data roots: the folders that Kiln may read and write. */
@Path("/roots")
@RequestScoped
@Tag(name = "roots")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(RoleName.ADMIN)
public class RootResource {
    @Inject
    private DataRootService roots;

    @Context
    private SecurityContext security;

    /**
     * A data root as it is answered.
     *
     * @param kind DATA for inputs and the outputs beside them, RESULTS for outputs whose own root cannot be written
     * @param aliases folders by which people know the root on other machines
     */
    public record RootBody(UUID id, String path, DataRoot.Kind kind, List<String> aliases) {
        static RootBody of(DataRoot root) {
            return new RootBody(
                    root.id().value(),
                    root.path().toString(),
                    root.kind(),
                    root.aliases().stream().map(java.nio.file.Path::toString).toList());
        }
    }

    /** @param path an existing folder on the server */
    public record Folder(@NotNull String path) {}

    /** @param path absolute folder by which people know the root elsewhere */
    public record Alias(@NotNull String path) {}

    @GET
    @RolesAllowed({RoleName.VIEWER, RoleName.OPERATOR, RoleName.ADMIN})
    @Operation(summary = "List the data roots")
    public Page<RootBody> list() {
        return new Page<>(roots.list().stream().map(RootBody::of).toList(), null);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary =
                    "Make a folder a data root; one that is or lies in a root already is left as it is, and that root is answered")
    @APIResponseSchema(value = RootBody.class, responseCode = "201")
    public Response add(Folder folder) {
        DataRoot root = roots.add(path(folder.path()), DataRoot.Kind.DATA, Caller.of(security));
        return Response.created(URI.create("roots/" + root.id()))
                .entity(RootBody.of(root))
                .build();
    }

    @GET
    @Path("/{root}")
    @RolesAllowed({RoleName.VIEWER, RoleName.OPERATOR, RoleName.ADMIN})
    @Operation(summary = "Show a data root")
    public RootBody show(@PathParam("root") RootId id) {
        return RootBody.of(roots.get(id));
    }

    @POST
    @Path("/{root}/move")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Say that the files of a root are in another folder now")
    public RootBody move(@PathParam("root") RootId id, Folder folder) {
        return RootBody.of(roots.move(id, path(folder.path()), Caller.of(security)));
    }

    @POST
    @Path("/{root}/map")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Let people name a root by another folder too, for example as another machine mounts it")
    public RootBody map(@PathParam("root") RootId id, Alias alias) {
        return RootBody.of(roots.map(id, path(alias.path()), Caller.of(security)));
    }

    @POST
    @Path("/{root}/unmap")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Take back another folder's name for a root")
    public RootBody unmap(@PathParam("root") RootId id, Alias alias) {
        return RootBody.of(roots.unmap(id, path(alias.path()), Caller.of(security)));
    }

    @DELETE
    @Path("/{root}")
    @Operation(summary = "Let Kiln read and write a root's folder no more; its files stay")
    @APIResponse(responseCode = "204", description = "removed")
    @APIResponse(
            responseCode = "409",
            description = "batches, items or runs refer to it; the problem's state is IN_USE")
    public void remove(@PathParam("root") RootId id) {
        roots.remove(id, Caller.of(security));
    }

    private static java.nio.file.Path path(String text) {
        return java.nio.file.Path.of(text);
    }
}
