package io.kiln.server;

import io.kiln.run.Engine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Up while this node dispatches runs, beats and listens. */
@Readiness
@ApplicationScoped
public class DispatcherHealth implements HealthCheck {
    @Inject
    private Engine engine;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("dispatcher")
                .status(engine.isHealthy())
                .withData("node", engine.claimant().node())
                .build();
    }
}
