package io.kiln.api.about;

import io.kiln.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jberet.operations.AbstractJobOperator;

/** Asks the parts that this server is made of which they are. */
@ApplicationScoped
class Components {
    private static final String UNKNOWN = "unknown";

    private final Sql sql;

    /** For the container's proxy only. */
    protected Components() {
        this(null);
    }

    @Inject
    Components(Sql sql) {
        this.sql = sql;
    }

    /** Name and version, as the application server's management has them. */
    String server() {
        return attribute("jboss.as:management-root=server", "productName")
                + " "
                + attribute("jboss.as:management-root=server", "productVersion");
    }

    /** Null where its library does not say. */
    String jberet() {
        return AbstractJobOperator.class.getPackage().getImplementationVersion();
    }

    String postgresql() {
        return sql.first(row -> row.getString(1), "show server_version").orElse(UNKNOWN);
    }

    /** Null where there is none. */
    Integer adminConsolePort() {
        return Integer.getInteger("jboss.management.http.port");
    }

    private static String attribute(String bean, String name) {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        try {
            return String.valueOf(beans.getAttribute(new ObjectName(bean), name));
        } catch (JMException e) {
            // another application server: its name is no matter of life and death
            return UNKNOWN;
        }
    }
}
