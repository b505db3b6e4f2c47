package io.kiln.server;

import io.kiln.persistence.Sql;
import io.kiln.run.RunLedger;
import io.kiln.run.RunState;
import io.kiln.settings.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Kiln's meters: runs by state and those that have stalled, devices and those that are busy, slabs that this server has settled since it started. Read from the database at most every few seconds. */
@ApplicationScoped
public class RunMetrics {
    private static final long FRESH_NANOS = 5_000_000_000L;

    private final Sql sql;
    private final RunLedger ledger;
    private final Settings settings;
    private final MeterRegistry registry;
    private Map<String, Double> values = Map.of();
    private long readAt;

    /** For the container's proxy only. */
    protected RunMetrics() {
        this(null, null, null, null);
    }

    @Inject
    public RunMetrics(Sql sql, RunLedger ledger, Settings settings, MeterRegistry registry) {
        this.sql = sql;
        this.ledger = ledger;
        this.settings = settings;
        this.registry = registry;
    }

    // why not Gauge.builder(…).register(registry): WildFly's registry of an application keeps what comes that way to
    // itself
    void register() {
        for (RunState state : RunState.values()) {
            gauge("kiln.runs", state.name(), Tags.of("state", state.name().toLowerCase(Locale.ROOT)));
        }
        gauge("kiln.runs.stalled", "stalled", Tags.empty());
        gauge("kiln.devices", "devices", Tags.empty());
        gauge("kiln.devices.busy", "busy", Tags.empty());
        registry.more().counter("kiln.slabs", Tags.empty(), ledger, RunLedger::slabs);
    }

    private void gauge(String name, String value, Tags tags) {
        registry.gauge(name, tags, this, metrics -> metrics.value(value));
    }

    /** A redeployed application registers its own. */
    void remove() {
        registry.getMeters().stream()
                .filter(meter -> meter.getId().getName().startsWith("kiln."))
                .forEach(registry::remove);
    }

    private synchronized double value(String name) {
        if (values.isEmpty() || System.nanoTime() - readAt > FRESH_NANOS) {
            values = sql
                    .list(
                            row -> Map.entry(row.getString(1), row.getDouble(2)),
                            "select state, count(*) from run group by state union all"
                                    + " select 'stalled', count(*) from run where state = 'RUNNING'"
                                    + " and stalled_since is not null union all"
                                    + " select 'devices', count(*) from device where node = ? union all"
                                    + " select 'busy', count(*) from device_lease where node = ?",
                            settings.node(),
                            settings.node())
                    .stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
            readAt = System.nanoTime();
        }
        return values.getOrDefault(name, 0.0);
    }
}
