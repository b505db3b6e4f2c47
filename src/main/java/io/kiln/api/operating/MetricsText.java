package io.kiln.api.operating;

import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.Tag;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Meters in Prometheus's text format, version 0.0.4. */
final class MetricsText {
    static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private MetricsText() {}

    static String of(List<Meter> meters) {
        Map<String, StringBuilder> families = new TreeMap<>();
        for (Meter meter : meters) {
            for (Measurement measurement : meter.measure()) {
                String name = name(meter.getId(), measurement.getStatistic());
                families.computeIfAbsent(name, MetricsText::heading)
                        .append(name)
                        .append(labels(meter.getId().getTags()))
                        .append(' ')
                        .append(measurement.getValue())
                        .append('\n');
            }
        }
        return String.join("", families.values());
    }

    private static StringBuilder heading(String name) {
        String type = name.endsWith("_total") || name.endsWith("_sum") || name.endsWith("_count") ? "counter" : "gauge";
        return new StringBuilder("# TYPE " + name + " " + type + "\n");
    }

    private static String name(Meter.Id id, Statistic statistic) {
        String unit = id.getBaseUnit() == null ? "" : "_" + id.getBaseUnit();
        String base = id.getName().endsWith(unit) ? id.getName() : id.getName() + unit;
        String name = base.replaceAll("[^A-Za-z0-9_]", "_").toLowerCase(Locale.ROOT);
        return switch (statistic) {
            case COUNT -> id.getType() == Meter.Type.COUNTER ? name + "_total" : name + "_count";
            case TOTAL, TOTAL_TIME -> name + "_sum";
            case MAX -> name + "_max";
            case ACTIVE_TASKS -> name + "_active_count";
            case DURATION -> name + "_duration_sum";
            case VALUE, UNKNOWN -> name;
        };
    }

    private static String labels(List<Tag> tags) {
        return tags.isEmpty()
                ? ""
                : tags.stream()
                        .map(tag ->
                                tag.getKey().replaceAll("[^A-Za-z0-9_]", "_") + "=\"" + escaped(tag.getValue()) + "\"")
                        .collect(Collectors.joining(",", "{", "}"));
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
