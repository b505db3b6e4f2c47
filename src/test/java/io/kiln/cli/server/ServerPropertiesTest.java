package io.kiln.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.cli.home.Database;
import io.kiln.cli.home.KilnHome;
import io.kiln.cli.home.Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class ServerPropertiesTest {
    @Test
    void lettersOfAllKindsArriveAsTheyAre() throws IOException {
        Properties read = read("/home/jürgen/öfen µ", "schlüssel #=:\\ !");

        assertThat(read.getProperty("kiln.home")).isEqualTo("/home/jürgen/öfen µ");
        assertThat(read.getProperty("kiln.db.password")).isEqualTo("schlüssel #=:\\ !");
    }

    /** What WildFly 39 makes of each was seen by its operation resolve-expression. */
    @Test
    void whatWildFlyWouldTakeForAnExpressionIsEscaped() throws IOException {
        assertThat(read("/kiln", "a${x}b").getProperty("kiln.db.password")).isEqualTo("a$${x}b");
        assertThat(read("/kiln", "a$${x}b").getProperty("kiln.db.password")).isEqualTo("a$$$${x}b");
        assertThat(read("/kiln", "a$b$$c{$}$").getProperty("kiln.db.password")).isEqualTo("a$b$$c{$}$");
    }

    /** Reads as WildFly does. */
    private static Properties read(String home, String password) throws IOException {
        Path folder = Path.of(home);
        String text = ServerProperties.text(
                new KilnHome(folder),
                Settings.from(Map.of(), folder),
                new Database("jdbc:postgresql://db/kiln", "kiln", password));
        Properties properties = new Properties();
        properties.load(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        return properties;
    }
}
