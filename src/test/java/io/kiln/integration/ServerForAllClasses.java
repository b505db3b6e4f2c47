package io.kiln.integration;

import org.jboss.arquillian.container.spi.event.container.BeforeStart;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.core.spi.LoadableExtension;

/** Has the server running before Arquillian looks for one, so that it neither starts nor stops one. */
public final class ServerForAllClasses implements LoadableExtension {
    @Override
    public void register(ExtensionBuilder builder) {
        builder.observer(Start.class);
    }

    /** Arquillian makes it. */
    static final class Start {
        void start(@Observes BeforeStart event) {
            TestWildFly.start();
        }
    }
}
