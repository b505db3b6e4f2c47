package io.kiln.api.contract;

import io.kiln.security.Role;
import java.util.List;
import java.util.UUID;

/**
 * One call of REST and the least role that may make it.
 *
 * @param path as OpenAPI writes it
 */
public record Endpoint(String method, String path, Role least) {
    /** Every call there is. A resource method that is not here fails the contract test. */
    public static final List<Endpoint> ALL = List.of(
            viewer("GET", "/api/pipelines"),
            viewer("GET", "/api/pipelines/{name}"),
            viewer("GET", "/api/parameter-sets"),
            operator("POST", "/api/parameter-sets"),
            viewer("GET", "/api/parameter-sets/{set}"),
            operator("PATCH", "/api/parameter-sets/{set}"),
            operator("DELETE", "/api/parameter-sets/{set}"),
            operator("POST", "/api/parameter-sets/{set}/apply"),
            viewer("GET", "/api/batches"),
            operator("POST", "/api/batches"),
            viewer("GET", "/api/batches/{batch}"),
            operator("PATCH", "/api/batches/{batch}"),
            operator("DELETE", "/api/batches/{batch}"),
            operator("POST", "/api/batches/{batch}/stop"),
            operator("POST", "/api/batches/{batch}/rescan"),
            operator("POST", "/api/batches/{batch}/selection/stop"),
            operator("POST", "/api/batches/{batch}/selection/restart"),
            operator("POST", "/api/batches/{batch}/selection/remove"),
            operator("POST", "/api/batches/{batch}/selection/move"),
            viewer("GET", "/api/batches/{batch}/items"),
            operator("POST", "/api/batches/{batch}/items"),
            viewer("GET", "/api/batches/{batch}/items/{item}"),
            operator("PATCH", "/api/batches/{batch}/items/{item}"),
            operator("DELETE", "/api/batches/{batch}/items/{item}"),
            operator("PUT", "/api/batches/{batch}/items/{item}/mark"),
            operator("DELETE", "/api/batches/{batch}/items/{item}/mark"),
            viewer("GET", "/api/batches/{batch}/contact-sheet"),
            operator("POST", "/api/batches/{batch}/runs"),
            viewer("GET", "/api/runs"),
            viewer("GET", "/api/runs/{run}"),
            operator("DELETE", "/api/runs/{run}"),
            operator("POST", "/api/runs/{run}/stop"),
            operator("POST", "/api/runs/{run}/restart"),
            viewer("GET", "/api/runs/{run}/timeline"),
            viewer("GET", "/api/runs/{run}/log"),
            viewer("GET", "/api/runs/{run}/outputs"),
            viewer("GET", "/api/runs/{run}/outputs/{path}"),
            viewer("GET", "/api/runs/{run}/preview.png"),
            viewer("GET", "/api/pictures"),
            viewer("GET", "/api/pictures/slice.png"),
            viewer("GET", "/api/pictures/slice.f32"),
            viewer("GET", "/api/pictures/histogram"),
            viewer("GET", "/api/pictures/projections"),
            viewer("GET", "/api/jobs"),
            operator("POST", "/api/jobs/{name}/start"),
            viewer("GET", "/api/jobs/executions"),
            viewer("GET", "/api/jobs/executions/{execution}"),
            operator("POST", "/api/jobs/executions/{execution}/stop"),
            operator("POST", "/api/jobs/executions/{execution}/restart"),
            operator("POST", "/api/jobs/executions/{execution}/abandon"),
            viewer("GET", "/api/gpus"),
            operator("POST", "/api/gpus/{node}/{device}/release"),
            viewer("GET", "/api/targets"),
            viewer("GET", "/api/nodes"),
            viewer("GET", "/api/nodes/{node}"),
            admin("POST", "/api/nodes/{node}/drain"),
            admin("POST", "/api/nodes/{node}/resume"),
            viewer("GET", "/api/folders"),
            viewer("GET", "/api/roots"),
            admin("POST", "/api/roots"),
            viewer("GET", "/api/roots/{root}"),
            admin("DELETE", "/api/roots/{root}"),
            admin("POST", "/api/roots/{root}/move"),
            admin("POST", "/api/roots/{root}/map"),
            admin("POST", "/api/roots/{root}/unmap"),
            admin("GET", "/api/audit"),
            viewer("GET", "/api/overview"),
            viewer("GET", "/api/about"),
            viewer("GET", "/api/events"),
            viewer("GET", "/api/session"),
            viewer("DELETE", "/api/session"),
            viewer("POST", "/api/session/password"),
            admin("GET", "/api/users"),
            admin("POST", "/api/users"),
            admin("PATCH", "/api/users/{user}"),
            admin("DELETE", "/api/users/{user}"),
            viewer("GET", "/api/subscriptions"),
            viewer("POST", "/api/subscriptions"),
            viewer("DELETE", "/api/subscriptions/{subscription}"),
            viewer("GET", "/api/subscriptions/channels"),
            viewer("GET", "/api/notifications"),
            viewer("GET", "/api/tokens"),
            viewer("POST", "/api/tokens"),
            viewer("DELETE", "/api/tokens/{token}"));

    private static Endpoint viewer(String method, String path) {
        return new Endpoint(method, path, Role.VIEWER);
    }

    private static Endpoint operator(String method, String path) {
        return new Endpoint(method, path, Role.OPERATOR);
    }

    private static Endpoint admin(String method, String path) {
        return new Endpoint(method, path, Role.ADMIN);
    }

    /** The path of things that do not exist, so that an allowed call changes nothing. */
    String ofNothing() {
        return path.replace("{execution}", "987654321")
                .replaceAll(
                        "\\{(batch|item|run|root|set|token|subscription)}",
                        UUID.randomUUID().toString())
                .replaceAll("\\{(name|node|device|path|user)}", "nothing");
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
