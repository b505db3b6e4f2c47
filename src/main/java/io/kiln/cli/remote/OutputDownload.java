package io.kiln.cli.remote;

import io.kiln.cli.CommandFailure;
import io.kiln.cli.client.KilnClient;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Fetches what a run has published into a folder. */
final class OutputDownload {
    private static final String LARGEST_PAGE = "500";

    private final KilnClient client;
    private final String outputs;
    private final Path folder;
    private final FileDownload download;

    /** @param force whether files that are there are replaced */
    OutputDownload(KilnClient client, String run, Path folder, boolean force) {
        this.client = client;
        this.outputs = RunCommand.address(run) + "/outputs";
        this.folder = folder.toAbsolutePath().normalize();
        this.download = new FileDownload(client, force);
    }

    /** The paths of all files of the run. */
    List<String> all() {
        List<String> paths = new ArrayList<>();
        Map<String, String> query = new HashMap<>(Map.of("limit", LARGEST_PAGE));
        while (true) {
            JsonObject page = client.get(outputs, query);
            page.getJsonArray("items").getValuesAs(JsonObject.class).forEach(file -> paths.add(file.getString("path")));
            if (page.isNull("next")) {
                return paths;
            }
            query.put("after", page.getString("next"));
        }
    }

    /** Fetches one file and says where it is now. */
    Path fetch(String path) throws IOException {
        Path file = folder.resolve(path).normalize();
        if (!file.startsWith(folder) || file.equals(folder)) {
            throw new CommandFailure(
                    "'" + path + "' leads out of " + folder + "; name a file that kiln run outputs lists");
        }
        String segments =
                Arrays.stream(path.split("/")).map(KilnClient::encoded).collect(Collectors.joining("/"));
        download.fetch(outputs + "/" + segments, Map.of(), file);
        return file;
    }
}
