package io.kiln.access;

import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;

/** Who sent the request that is being answered. */
@RequestScoped
public class CurrentRequester {
    private Requester requester;

    /** Said once for each request, when its sender is known. */
    public void is(Requester sender) {
        requester = sender;
    }

    /** Empty where the server itself does something. */
    public Optional<Requester> get() {
        return Optional.ofNullable(requester);
    }
}
