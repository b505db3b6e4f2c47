package io.kiln.run.overview;

import io.kiln.persistence.Sql;
import io.kiln.run.NodeService;
import io.kiln.run.history.AttemptOutcomes;
import io.kiln.run.overview.Overview.Bar;
import io.kiln.run.overview.Overview.DeviceLane;
import io.kiln.run.overview.Overview.NodeLanes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the devices of all nodes were given. */
@ApplicationScoped
class DeviceLanes {
    /** The newest attempts of a device that are shown: more than that, and bars are thinner than a pixel. */
    static final int MOST_BARS = 200;

    private static final String BARS = "select execution.node, device.id as device, execution.attempt,"
            + " execution.started_at, coalesce(" + AttemptOutcomes.PUBLISHING_AT
            + ", execution.ended_at) as given_back,"
            + " outcome.state as outcome, outcome.reason as outcome_reason, " + RunNames.COLUMNS
            + " from device cross join lateral (select * from run_execution held where held.node = device.node"
            + " and (held.ended_at is null or held.ended_at > ?) and device.id = any(held.devices)"
            + " order by held.execution_id desc limit ?) execution join run on run.id = execution.run"
            + RunNames.JOIN + AttemptOutcomes.JOIN + " order by execution.execution_id";

    private final Sql sql;
    private final NodeService nodes;

    /** For the container's proxy only. */
    protected DeviceLanes() {
        this(null, null);
    }

    @Inject
    DeviceLanes(Sql sql, NodeService nodes) {
        this.sql = sql;
        this.nodes = nodes;
    }

    List<NodeLanes> since(Instant since) {
        Map<String, List<Bar>> bars = sql
                .list(
                        row -> Map.entry(key(row.getString("node"), row.getString("device")), bar(row)),
                        BARS,
                        since,
                        MOST_BARS)
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        return nodes.list().stream()
                .map(node -> new NodeLanes(
                        node.name(),
                        node.alive(),
                        node.draining(),
                        node.devices().stream()
                                .map(device -> new DeviceLane(
                                        device, bars.getOrDefault(key(node.name(), device.id()), List.of())))
                                .toList()))
                .toList();
    }

    private static String key(String node, String device) {
        return node + "/" + device;
    }

    private static Bar bar(ResultSet row) throws SQLException {
        Timestamp givenBack = row.getTimestamp("given_back");
        return new Bar(
                RunNames.read(row),
                row.getInt("attempt"),
                row.getTimestamp("started_at").toInstant(),
                givenBack == null ? null : givenBack.toInstant(),
                row.getString("outcome"),
                row.getString("outcome_reason"));
    }
}
