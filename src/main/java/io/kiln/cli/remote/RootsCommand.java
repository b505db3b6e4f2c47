package io.kiln.cli.remote;

import io.kiln.cli.client.KilnClient;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Data roots. */
@Command(
        name = "roots",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "List, add, move, map and remove the folders that Kiln may read and write.")
public final class RootsCommand {
    private static final String ROOTS = "/api/roots";
    private static final String ROOT = "Id of the root.";

    private static JsonObject folder(String path) {
        return Json.createObjectBuilder().add("path", path).build();
    }

    private static String address(String root) {
        return ROOTS + "/" + KilnClient.encoded(root);
    }

    @Command(name = "list", description = "List the data roots.")
    void list(@Mixin Remote remote) {
        remote.list(remote.client().get(ROOTS), "id", "kind", "path", "aliases");
    }

    @Command(name = "show", description = "Show a data root.")
    void show(@Mixin Remote remote, @Parameters(paramLabel = "ROOT", description = ROOT) String root) {
        remote.show(remote.client().get(address(root)));
    }

    @Command(name = "files", description = "List what is in a folder of a data root.")
    void files(
            @Mixin Remote remote,
            @Mixin PageOptions page,
            @Option(
                            names = "--pattern",
                            paramLabel = "PATTERN",
                            description = "Only files whose names match, such as 'scan_*.h5'.")
                    String pattern,
            @Parameters(paramLabel = "FOLDER", description = "A folder on the server, in a data root.") String folder) {
        Map<String, String> query = page.query();
        query.put("path", remote.path(folder));
        query.put("pattern", pattern);
        remote.list(remote.client().get("/api/folders", query), "name", "kind", "bytes", "modified");
    }

    @Command(
            name = "add",
            description = "Make a folder of the server a data root; one that lies in a root stays a part of it.")
    void add(
            @Mixin Remote remote,
            @Parameters(paramLabel = "FOLDER", description = "An existing folder on the server.") String folder) {
        remote.show(remote.client().post(ROOTS, folder(remote.path(folder))));
    }

    @Command(name = "move", description = "Say that a root's files are in another folder now.")
    void move(
            @Mixin Remote remote,
            @Parameters(index = "0", paramLabel = "ROOT", description = ROOT) String root,
            @Parameters(index = "1", paramLabel = "FOLDER", description = "An existing folder on the server.")
                    String folder) {
        remote.show(remote.client().post(address(root) + "/move", folder(remote.path(folder))));
    }

    @Command(name = "map", description = "Let people name a root by another folder too.")
    void map(
            @Mixin Remote remote,
            @Parameters(index = "0", paramLabel = "ROOT", description = ROOT) String root,
            @Parameters(index = "1", paramLabel = "FOLDER", description = "As another machine mounts it, absolute.")
                    String folder) {
        remote.show(remote.client().post(address(root) + "/map", folder(folder)));
    }

    @Command(name = "unmap", description = "Take back another folder's name for a root.")
    void unmap(
            @Mixin Remote remote,
            @Parameters(index = "0", paramLabel = "ROOT", description = ROOT) String root,
            @Parameters(index = "1", paramLabel = "FOLDER", description = "As it was mapped.") String folder) {
        remote.show(remote.client().post(address(root) + "/unmap", folder(folder)));
    }

    @Command(
            name = "remove",
            description = "Let Kiln read and write a folder no more; refused while items, batches or runs refer to it.")
    void remove(@Mixin Remote remote, @Parameters(paramLabel = "ROOT", description = ROOT) String root) {
        remote.client().delete(address(root));
        remote.say("Removed root " + root + "; its files stay.");
    }
}
