package io.kiln.integration;

import java.io.IOException;
import org.jboss.arquillian.container.spi.client.deployment.Deployment;
import org.jboss.arquillian.container.spi.event.DeployDeployment;
import org.jboss.arquillian.container.spi.event.UnDeployDeployment;
import org.jboss.arquillian.container.spi.event.container.BeforeStart;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.core.spi.EventContext;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.jboss.shrinkwrap.api.Archive;

/**
 * Has the server running before Arquillian looks for one, so that it neither starts nor stops one, and leaves the application there for the next class that wants
 * the same one and calls it from outside: to deploy it takes longer than many a class.
 */
public final class ServerForAllClasses implements LoadableExtension {
    @Override
    public void register(ExtensionBuilder builder) {
        builder.observer(Start.class).observer(KeptApplication.class);
    }

    /** Arquillian makes it. */
    static final class Start {
        void start(@Observes BeforeStart event) {
            TestWildFly.start();
        }
    }

    /** Arquillian makes it, for each class anew. */
    static final class KeptApplication {
        private static Archive<?> deployed;

        void deploy(@Observes EventContext<DeployDeployment> context) throws IOException {
            Deployment deployment = context.getEvent().getDeployment();
            Archive<?> wanted = deployment.getDescription().getArchive();
            if (wanted == deployed && !deployment.getDescription().testable()) {
                deployment.deployed();
                return;
            }
            if (deployed != null) {
                deployed = null;
                TestWildFly.undeploy(KilnDeployment.NAME);
            }
            context.proceed();
            deployed = deployment.isDeployed() ? wanted : null;
        }

        void undeploy(@Observes EventContext<UnDeployDeployment> context) {
            if (deployed != null) {
                context.getEvent().getDeployment().undeployed();
            } else {
                context.proceed();
            }
        }
    }
}
