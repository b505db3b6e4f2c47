package io.kiln.api.folders;

import io.kiln.api.problem.ProblemException;
import io.kiln.api.problem.ProblemType;
import io.kiln.persistence.Page;
import io.kiln.root.DataRootService;
import io.kiln.root.FolderListing;
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
import java.nio.file.InvalidPathException;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The folders of the data roots. */
@Path("/folders")
@RequestScoped
@Tag(name = "roots")
@Produces(MediaType.APPLICATION_JSON)
public class FolderResource {
    @Inject
    private FolderListing folders;

    @Inject
    private DataRootService roots;

    @GET
    @RolesAllowed({RoleName.VIEWER, RoleName.OPERATOR, RoleName.ADMIN})
    @Operation(
            summary = "List what is in a folder of a data root",
            description = "Hidden files, and links that lead out of the data roots, are left out.")
    public FolderBody list(
            @Parameter(description = "absolute; without it the data roots are listed") @QueryParam("path") String path,
            @Parameter(description = "which files, as a shell's, for example *.h5; all without it")
                    @QueryParam("pattern")
                    String pattern,
            @Parameter(description = "the 'next' of the page before; without it the first page is answered")
                    @QueryParam("after")
                    String after,
            @Parameter(description = "most entries of the page, from 1 to 500")
                    @QueryParam("limit")
                    @DefaultValue("100")
                    int limit) {
        if (limit < 1 || limit > Page.LARGEST) {
            throw invalid("limit is " + limit + ", but must be from 1 to " + Page.LARGEST);
        }
        return path == null || path.isBlank()
                ? FolderBody.ofRoots(roots.list())
                : FolderBody.of(folders.list(folder(path), Optional.ofNullable(pattern), after, limit));
    }

    private static java.nio.file.Path folder(String path) {
        try {
            return java.nio.file.Path.of(path);
        } catch (InvalidPathException e) {
            throw invalid("'" + path + "' is no path: " + e.getReason());
        }
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(ProblemType.INVALID_REQUEST, detail);
    }
}
