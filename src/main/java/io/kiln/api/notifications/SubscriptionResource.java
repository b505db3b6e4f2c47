package io.kiln.api.notifications;

import io.kiln.api.Caller;
import io.kiln.api.PageParameters;
import io.kiln.api.problem.ProblemException;
import io.kiln.api.problem.ProblemType;
import io.kiln.notification.Addresses;
import io.kiln.notification.Channel;
import io.kiln.notification.Occasion;
import io.kiln.notification.Subscription;
import io.kiln.notification.SubscriptionId;
import io.kiln.notification.Subscriptions;
import io.kiln.persistence.Page;
import io.kiln.run.BatchId;
import io.kiln.security.RoleName;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
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
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Subscriptions: who wants to be told what about batches, by mail or webhook. */
@Path("/subscriptions")
@RequestScoped
@Tag(name = "notifications")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({RoleName.VIEWER, RoleName.OPERATOR, RoleName.ADMIN})
public class SubscriptionResource {
    @Inject
    private Subscriptions subscriptions;

    @Inject
    private Addresses addresses;

    @Context
    private SecurityContext security;

    /**
     * A subscription to be made.
     *
     * @param batch every batch that one makes oneself where it is absent
     * @param occasions BATCH_ENDED, FIRST_FAILURE, STALLED
     * @param channel MAIL or WEBHOOK
     * @param address a mail address, or a URL on an allowed host
     */
    public record NewSubscription(
            UUID batch,
            @NotNull List<String> occasions,
            @NotNull String channel,
            @NotNull String address) {}

    /**
     * A subscription as it is answered.
     *
     * @param batch null for every batch that the owner makes
     * @param secret what webhooks are signed with (Kiln-Signature: sha256=HMAC of the body), told when it is made and never again; null else
     */
    public record SubscriptionBody(
            UUID id,
            String owner,
            UUID batch,
            List<String> occasions,
            String channel,
            String address,
            Instant createdAt,
            String secret) {
        static SubscriptionBody of(Subscription subscription, Optional<String> secret) {
            return new SubscriptionBody(
                    subscription.id().value(),
                    subscription.owner(),
                    subscription.batch().map(BatchId::value).orElse(null),
                    subscription.occasions().stream().map(Occasion::name).toList(),
                    subscription.channel().name(),
                    subscription.address(),
                    subscription.createdAt(),
                    secret.orElse(null));
        }
    }

    /**
     * By what this server can tell people.
     *
     * @param mail whether it sends mail
     * @param webhookHosts hosts that webhooks may be sent to
     */
    public record Channels(boolean mail, List<String> webhookHosts) {}

    @GET
    @Operation(summary = "List one's own subscriptions, newest first; administrators see everybody's")
    public Page<SubscriptionBody> list(@BeanParam PageParameters page) {
        return subscriptions
                .list(page.request(), Caller.requester(security))
                .map(one -> SubscriptionBody.of(one, Optional.empty()));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Ask to be told; the secret of a webhook is told this once")
    @APIResponseSchema(value = SubscriptionBody.class, responseCode = "201")
    public Response add(NewSubscription wanted) {
        Subscriptions.Made made = subscriptions.add(
                Caller.of(security),
                Optional.ofNullable(wanted.batch()).map(BatchId::new),
                occasions(wanted.occasions()),
                parse(Channel.class, "channel", wanted.channel()),
                wanted.address());
        return Response.status(Response.Status.CREATED)
                .entity(SubscriptionBody.of(made.subscription(), made.secret()))
                .build();
    }

    @GET
    @Path("/channels")
    @Operation(summary = "Say by what this server can tell people")
    public Channels channels() {
        return new Channels(
                addresses.sendsMail(),
                addresses.webhookHosts().stream().sorted().toList());
    }

    @DELETE
    @Path("/{subscription}")
    @Operation(summary = "End a subscription; what it has not sent yet is not sent")
    @APIResponse(responseCode = "204", description = "ended")
    @APIResponse(responseCode = "403", description = "it is somebody else's; the problem holds its owner")
    public void remove(@PathParam("subscription") SubscriptionId id) {
        subscriptions.remove(id, Caller.requester(security));
    }

    private static Set<Occasion> occasions(List<String> names) {
        Set<Occasion> occasions = EnumSet.noneOf(Occasion.class);
        names.forEach(name -> occasions.add(parse(Occasion.class, "occasions", name)));
        return occasions;
    }

    private static <E extends Enum<E>> E parse(Class<E> type, String member, String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        ProblemType.INVALID_REQUEST,
                        member + " has '" + name + "', but must be of " + Arrays.toString(type.getEnumConstants())));
    }
}
