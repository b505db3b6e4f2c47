package io.kiln.api.notifications;

import io.kiln.api.Caller;
import io.kiln.api.PageParameters;
import io.kiln.job.RunId;
import io.kiln.notification.Notification;
import io.kiln.notification.Outbox;
import io.kiln.persistence.Page;
import io.kiln.security.RoleName;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Notifications: what people were told, and what is still to be told. */
@Path("/notifications")
@RequestScoped
@Tag(name = "notifications")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({RoleName.VIEWER, RoleName.OPERATOR, RoleName.ADMIN})
public class NotificationResource {
    @Inject
    private Outbox outbox;

    @Context
    private SecurityContext security;

    /**
     * A notification as it is answered.
     *
     * @param run null where it is about the batch as a whole
     * @param state PENDING, SENT or FAILED
     * @param attempts how often it was tried to be sent
     * @param outcome how the last try ended; null before it
     * @param endedAt when it was sent or given up; null before that
     */
    public record NotificationBody(
            long id,
            UUID subscription,
            String occasion,
            UUID batch,
            UUID run,
            String subject,
            String state,
            int attempts,
            String outcome,
            Instant createdAt,
            Instant endedAt) {
        static NotificationBody of(Notification one) {
            return new NotificationBody(
                    one.id(),
                    one.subscription().value(),
                    one.occasion().name(),
                    one.batch().value(),
                    one.run().map(RunId::value).orElse(null),
                    one.subject(),
                    one.state().name(),
                    one.attempts(),
                    one.outcome().orElse(null),
                    one.createdAt(),
                    one.endedAt().orElse(null));
        }
    }

    @GET
    @Operation(summary = "List what one was told and will be told, newest first; administrators see everybody's")
    public Page<NotificationBody> list(@BeanParam PageParameters page) {
        return outbox.list(page.request(), Caller.requester(security)).map(NotificationBody::of);
    }
}
