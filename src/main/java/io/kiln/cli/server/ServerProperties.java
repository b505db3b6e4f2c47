package io.kiln.cli.server;

import io.kiln.cli.home.Database;
import io.kiln.cli.home.KilnHome;
import io.kiln.cli.home.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** What the server is told at its start: the names that wildfly-config/kiln.cli and the application read. It holds the database's password. */
public final class ServerProperties {
    private ServerProperties() {}

    /** Returns the content of the server's properties file. */
    public static String text(KilnHome home, Settings settings, Database database) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("jboss.bind.address", settings.bindAddress());
        properties.setProperty("jboss.bind.address.management", settings.managementBindAddress());
        properties.setProperty("jboss.http.port", Integer.toString(settings.port()));
        properties.setProperty("jboss.management.http.port", Integer.toString(settings.managementPort()));
        properties.setProperty(
                "jboss.tx.node.id", "kiln-" + Integer.toHexString(home.folder().hashCode()));
        properties.setProperty("kiln.home", home.folder().toString());
        properties.setProperty("kiln.data", settings.data());
        properties.setProperty("kiln.port", Integer.toString(settings.port()));
        properties.setProperty("kiln.management.port", Integer.toString(settings.managementPort()));
        properties.setProperty("kiln.behind.proxy", Boolean.toString(settings.behindProxy()));
        properties.setProperty("kiln.db.url", literal(database.url()));
        properties.setProperty("kiln.db.user", literal(database.user()));
        properties.setProperty("kiln.db.password", literal(database.password()));
        // why: stored as bytes, letters beyond ASCII are escaped; WildFly would take them for ISO 8859-1
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        properties.store(text, "Written by each kiln up.");
        return text.toString(StandardCharsets.US_ASCII);
    }

    /** WildFly looks for expressions in these where its configuration names them: dollar signs before a brace stand for themselves when they are doubled. */
    private static String literal(String text) {
        return text.replaceAll("\\$+(?=\\{)", "$0$0");
    }
}
