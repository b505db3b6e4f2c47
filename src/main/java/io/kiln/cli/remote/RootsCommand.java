package io.kiln.cli.remote;

import io.kiln.cli.client.KilnClient;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Data roots. */
@Command(
        name = "roots",
        mixinStandardHelpOptions = true,
        description = "List, add, move and map the folders that Kiln may read and write.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RootsCommand.ListAll.class,
            RootsCommand.Add.class,
            RootsCommand.Move.class,
            RootsCommand.Map.class,
            RootsCommand.Unmap.class
        })
public final class RootsCommand {
    private static JsonObject folder(String path) {
        return Json.createObjectBuilder().add("path", path).build();
    }

    private static String address(String root) {
        return "/api/roots/" + KilnClient.encoded(root);
    }

    @Command(name = "list", description = "List the data roots.")
    static final class ListAll extends RemoteCommand {
        @Override
        void run(KilnClient client) {
            print(client.get("/api/roots"), "id", "kind", "path", "aliases");
        }
    }

    @Command(name = "add", description = "Make a folder of the server a data root.")
    static final class Add extends RemoteCommand {
        @Parameters(paramLabel = "FOLDER")
        private String folder;

        @Override
        void run(KilnClient client) {
            print(client.post("/api/roots", folder(BatchCommand.path(client, folder))));
        }
    }

    @Command(name = "move", description = "Say that a root's files are in another folder now.")
    static final class Move extends RemoteCommand {
        @Parameters(index = "0", paramLabel = "ROOT")
        private String root;

        @Parameters(index = "1", paramLabel = "FOLDER")
        private String folder;

        @Override
        void run(KilnClient client) {
            print(client.post(address(root) + "/move", folder(BatchCommand.path(client, folder))));
        }
    }

    @Command(name = "map", description = "Let people name a root by another folder too.")
    static final class Map extends RemoteCommand {
        @Parameters(index = "0", paramLabel = "ROOT")
        private String root;

        @Parameters(index = "1", paramLabel = "FOLDER", description = "as another machine mounts it")
        private String folder;

        @Override
        void run(KilnClient client) {
            print(client.post(address(root) + "/map", folder(folder)));
        }
    }

    @Command(name = "unmap", description = "Take back another folder's name for a root.")
    static final class Unmap extends RemoteCommand {
        @Parameters(index = "0", paramLabel = "ROOT")
        private String root;

        @Parameters(index = "1", paramLabel = "FOLDER")
        private String folder;

        @Override
        void run(KilnClient client) {
            print(client.post(address(root) + "/unmap", folder(folder)));
        }
    }
}
