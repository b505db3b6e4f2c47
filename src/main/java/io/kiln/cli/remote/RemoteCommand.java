package io.kiln.cli.remote;

import io.kiln.cli.client.KilnClient;
import io.kiln.cli.client.ServerAddress;
import io.kiln.cli.home.Settings;
import io.kiln.cli.server.Installation;
import jakarta.json.JsonObject;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every command has that asks a server: where it is, and how the answer is printed. */
@Command(mixinStandardHelpOptions = true)
abstract class RemoteCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print the server's answer as it is.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        Settings settings =
                Settings.from(System.getenv(), Installation.current().defaultHome());
        run(new KilnClient(ServerAddress.of(System.getenv(), settings)));
        out().flush();
        return 0;
    }

    abstract void run(KilnClient client) throws Exception;

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Prints a list as a table of these members, or as it is. */
    void print(JsonObject list, String... members) {
        if (json) {
            out().println(list);
        } else {
            Table.of(list.getJsonArray("items"), members).print(out());
            if (!list.isNull("next")) {
                out().println("more with --after " + list.getString("next"));
            }
        }
    }

    /** Prints one thing, a line for each of its members, or as it is. */
    void print(JsonObject thing) {
        if (json) {
            out().println(thing);
        } else {
            thing.forEach((member, value) -> out().printf("%-12s %s%n", member, Table.text(value)));
        }
    }
}
