package io.kiln.server;

import io.kiln.persistence.Sql;
import io.kiln.run.RunState;
import io.kiln.settings.Settings;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Kiln's meters: runs by state, devices and those that are busy, slabs that were settled. Read from the database at most every few seconds. */
@ApplicationScoped
public class RunMetrics {
    private static final long FRESH_NANOS = 5_000_000_000L;

    private final Sql sql;
    private final Settings settings;
    private final MeterRegistry registry;
    private final List<Meter> meters = new ArrayList<>();
    private Map<String, Double> values = Map.of();
    private long readAt;

    /** For the container's proxy only. */
    protected RunMetrics() {
        this(null, null, null);
    }

    @Inject
    public RunMetrics(Sql sql, Settings settings, MeterRegistry registry) {
        this.sql = sql;
        this.settings = settings;
        this.registry = registry;
    }

    void register() {
        for (RunState state : RunState.values()) {
            meters.add(Gauge.builder("kiln.runs", this, metrics -> metrics.value(state.name()))
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .description("runs in this state")
                    .register(registry));
        }
        meters.add(Gauge.builder("kiln.devices", this, metrics -> metrics.value("devices"))
                .description("devices of this node")
                .register(registry));
        meters.add(Gauge.builder("kiln.devices.busy", this, metrics -> metrics.value("busy"))
                .description("devices of this node that a run holds")
                .register(registry));
        meters.add(FunctionCounter.builder("kiln.slabs", this, metrics -> metrics.value("slabs"))
                .description("slabs that were settled on all nodes")
                .register(registry));
    }

    /** A redeployed application registers its own. */
    void remove() {
        meters.forEach(registry::remove);
        meters.clear();
    }

    private synchronized double value(String name) {
        if (values.isEmpty() || System.nanoTime() - readAt > FRESH_NANOS) {
            values = sql
                    .list(
                            row -> Map.entry(row.getString(1), row.getDouble(2)),
                            "select state, count(*) from run group by state union all"
                                    + " select 'devices', count(*) from device where node = ? union all"
                                    + " select 'busy', count(*) from device_lease where node = ? union all"
                                    + " select 'slabs', count(*) from ledger",
                            settings.node(),
                            settings.node())
                    .stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
            readAt = System.nanoTime();
        }
        return values.getOrDefault(name, 0.0);
    }
}
