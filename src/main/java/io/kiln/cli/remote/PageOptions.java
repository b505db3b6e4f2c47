package io.kiln.cli.remote;

import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Which page of a list. */
final class PageOptions {
    @Option(names = "--after", paramLabel = "NEXT", description = "The page behind the one that ended with this.")
    private String after;

    @Option(
            names = "--limit",
            paramLabel = "COUNT",
            description = "Most entries of the page, 1 to 500; 100 without it.")
    private String limit;

    /** The query; may be added to. What has no value is not sent. */
    Map<String, String> query() {
        Map<String, String> query = new HashMap<>();
        query.put("after", after);
        query.put("limit", limit);
        return query;
    }
}
