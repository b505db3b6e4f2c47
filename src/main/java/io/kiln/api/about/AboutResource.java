package io.kiln.api.about;

import io.kiln.KilnVersion;
import io.kiln.security.RoleName;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What this server is made of. */
@Path("/about")
@RequestScoped
@Tag(name = "about")
@Produces(MediaType.APPLICATION_JSON)
public class AboutResource {
    @Inject
    private Components components;

    /**
     * Versions.
     *
     * @param server the application server's name and version
     * @param jberet the batch runtime's; null where it does not say
     * @param java its version and maker
     * @param os the operating system and the processor's kind
     * @param adminConsolePort of the application server's admin console, on the server's machine; null where it has none
     */
    public record About(
            String kiln,
            String server,
            String jberet,
            String postgresql,
            String java,
            String os,
            Integer adminConsolePort) {}

    @GET
    @RolesAllowed({RoleName.VIEWER, RoleName.OPERATOR, RoleName.ADMIN})
    @Operation(summary = "Say what this server is made of, in which versions")
    public About show() {
        return new About(
                KilnVersion.current(),
                components.server(),
                components.jberet(),
                components.postgresql(),
                System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                        + System.getProperty("os.arch"),
                components.adminConsolePort());
    }
}
