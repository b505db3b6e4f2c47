package io.kiln.cli.remote;

import io.kiln.cli.client.KilnClient;
import io.kiln.cli.client.ServerAddress;
import io.kiln.cli.home.Settings;
import io.kiln.cli.server.Installation;
import jakarta.json.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every command has that asks a server: where it is, who asks, and how the answer is printed. */
final class Remote {
    private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]");

    /** Characters for the names of members. */
    private static final int NARROWEST = 12;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--json", description = "Print the server's answer as it is, as one line of JSON.")
    private boolean json;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The server's address (default: KILN_URL, or the server of this KILN_HOME).")
    private String url;

    @Option(names = "--user", paramLabel = "NAME", description = "Who asks (default: KILN_USER, or admin).")
    private String user;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description =
                    "File that holds the user's password (default: KILN_PASSWORD_FILE, or $KILN_HOME/admin-password for the server of this home).")
    private Path passwordFile;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "File that holds a token, instead of user and password (default: KILN_TOKEN_FILE).")
    private Path tokenFile;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    private boolean help;

    private KilnClient client;

    KilnClient client() {
        if (client == null) {
            Settings settings =
                    Settings.from(System.getenv(), Installation.current().defaultHome());
            client = new KilnClient(ServerAddress.of(environment(), settings));
        }
        return client;
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        if (url != null) {
            environment.put("KILN_URL", url);
        }
        if (user != null) {
            environment.put("KILN_USER", user);
        }
        if (passwordFile != null) {
            environment.remove("KILN_PASSWORD");
            environment.put("KILN_PASSWORD_FILE", passwordFile.toString());
        }
        if (user != null || passwordFile != null) {
            environment.remove("KILN_TOKEN_FILE");
        }
        if (tokenFile != null) {
            environment.put("KILN_TOKEN_FILE", tokenFile.toString());
        }
        return environment;
    }

    boolean isJson() {
        return json;
    }

    PrintWriter out() {
        return command.commandLine().getOut();
    }

    /** A path as the server finds it: where that is this machine it is made absolute, so that it means the same to both. */
    String path(String given) {
        boolean isHere = THIS_MACHINE.contains(client().address().base().getHost());
        return isHere ? Path.of(given).toAbsolutePath().normalize().toString() : given;
    }

    /** Prints a list as a table of these members, or as it is. */
    void list(JsonObject list, String... members) {
        if (json) {
            out().println(list);
            return;
        }
        Table.of(list.getJsonArray("items"), members).print(out());
        if (list.containsKey("next") && !list.isNull("next")) {
            out().println("more with --after " + list.getString("next"));
        }
    }

    /** Prints one thing, a line for each of its members, or as it is. */
    void show(JsonObject thing) {
        if (json) {
            out().println(thing);
        } else {
            int width = thing.keySet().stream().mapToInt(String::length).reduce(NARROWEST, Math::max);
            thing.forEach((member, value) -> out().printf("%-" + width + "s %s%n", member, Table.text(value)));
        }
    }

    /** Says what was done where the server answers nothing; scripts have the exit status. */
    void say(String sentence) {
        if (!json) {
            out().println(sentence);
        }
    }
}
