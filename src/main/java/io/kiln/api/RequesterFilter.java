package io.kiln.api;

import io.kiln.access.CurrentRequester;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

/** Tells the services who sent the request, behind the gate that lets nobody anonymous in. */
@Provider
@Priority(Priorities.AUTHORIZATION)
public class RequesterFilter implements ContainerRequestFilter {
    @Inject
    private CurrentRequester current;

    @Override
    public void filter(ContainerRequestContext request) {
        if (request.getSecurityContext().getUserPrincipal() != null) {
            current.is(Caller.requester(request.getSecurityContext()));
        }
    }
}
