package io.kiln.api.events;

import jakarta.annotation.Priority;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.util.List;

/**
 * Answers HEAD of a stream of events at once: JAX-RS serves it by the method for GET, which would keep a connection and a listener's place for an answer that
 * nobody may read. Last of the filters, so that the others refuse what they refuse of a GET.
 */
@Provider
@Priority(Priorities.USER + 1000)
public class StreamHead implements ContainerRequestFilter {
    @Context
    private ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request) {
        Produces form = resource.getResourceMethod().getAnnotation(Produces.class);
        boolean isStream = form != null && List.of(form.value()).contains(MediaType.SERVER_SENT_EVENTS);
        if (isStream && request.getMethod().equals(HttpMethod.HEAD)) {
            request.abortWith(
                    Response.ok().type(MediaType.SERVER_SENT_EVENTS_TYPE).build());
        }
    }
}
