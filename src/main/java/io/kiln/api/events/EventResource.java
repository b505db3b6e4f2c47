package io.kiln.api.events;

import io.kiln.api.problem.ProblemException;
import io.kiln.api.problem.ProblemType;
import io.kiln.event.EventCursor;
import io.kiln.event.EventFeed;
import io.kiln.security.RoleName;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The stream of events. */
@Path("/events")
@RequestScoped
@Tag(name = "events")
public class EventResource {
    private static final int MOST_SECONDS = 60;

    @Inject
    private EventHub hub;

    @Inject
    private EventFeed feed;

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RolesAllowed({RoleName.VIEWER, RoleName.OPERATOR, RoleName.ADMIN})
    @Operation(
            summary = "Follow what happens to batches, items, runs and nodes",
            description =
                    "Server-sent events. Each has the name of its kind, an id to resume after, and data {at, kind, batch, item, run, attempt,"
                            + " state, reason}. 'progress' events {run, done, total, unit, ratePerSecond, etaSeconds} have no id and are not repeated; nor do 'status' events, which say how far a"
                            + " batch is {batch, sentence, items, notQueued, queued, running, publishing, completed, failed, stopped, skipped}. 'resync' says that events were"
                            + " dropped: read everything anew. The server ends a stream after an hour; connect anew with Last-Event-ID."
                            + " HEAD is answered at once, and follows nothing.")
    public void follow(
            @Context SseEventSink sink,
            @Context Sse sse,
            @Context HttpServletResponse response,
            @Parameter(description = "the last event that was seen; without it only what is to come is sent")
                    @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER)
                    String lastEventId,
            @Parameter(
                            description =
                                    "for who comes without Last-Event-ID: send what happened in so many seconds"
                                            + " until now, too, from 0 to 60. Who has just read something hears what has changed since")
                    @QueryParam("lastSeconds")
                    @DefaultValue("0")
                    int lastSeconds) {
        if (lastSeconds < 0 || lastSeconds > MOST_SECONDS) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST,
                    "lastSeconds is " + lastSeconds + ", but must be from 0 to " + MOST_SECONDS);
        }
        // proxies must neither keep events back nor compress them
        response.setHeader("X-Accel-Buffering", "no");
        if (!hub.connect(sink, sse, cursor(lastEventId).or(() -> before(lastSeconds)))) {
            throw new ProblemException(
                    ProblemType.UNAVAILABLE,
                    EventHub.MOST_LISTENERS + " listeners are connected already; close one or try again later");
        }
    }

    private Optional<EventCursor> before(int seconds) {
        return Optional.of(seconds)
                .filter(some -> some > 0)
                .map(some -> feed.before(Duration.ofSeconds(some), EventClient.WAITING + 1));
    }

    private static Optional<EventCursor> cursor(String lastEventId) {
        try {
            return Optional.ofNullable(lastEventId).filter(id -> !id.isBlank()).map(EventCursor::parse);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, "Last-Event-ID: " + e.getMessage());
        }
    }
}
