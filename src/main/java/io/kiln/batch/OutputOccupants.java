package io.kiln.batch;

import io.kiln.job.OutputMetadata;
import io.kiln.job.RunId;
import io.kiln.persistence.JsonColumn;
import io.kiln.persistence.Sql;
import io.kiln.root.Area;
import io.kiln.root.DataRoots;
import io.kiln.root.Location;
import io.kiln.root.RootId;
import io.kiln.run.ItemId;
import io.kiln.run.Ownership;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Finds out what is known of places for outputs, two statements for all that are asked for. */
@ApplicationScoped
class OutputOccupants {
    private final Sql sql;
    private final Ownership ownership;

    /** For the container's proxy only. */
    protected OutputOccupants() {
        this(null, null);
    }

    @Inject
    OutputOccupants(Sql sql, Ownership ownership) {
        this.sql = sql;
        this.ownership = ownership;
    }

    Map<Location, OutputPlace> of(List<NamedPlace> named, DataRoots roots) {
        Map<Location, List<OutputPlace.Awaited>> awaited = awaited(named);
        Map<Location, OutputPlace.Result> results = results(named, roots);
        Map<Location, OutputPlace> places = new HashMap<>();
        named.stream()
                .map(NamedPlace::place)
                .forEach(place -> places.put(
                        place,
                        new OutputPlace(
                                awaited.getOrDefault(place, List.of()), Optional.ofNullable(results.get(place)))));
        return places;
    }

    /** What unfinished runs will put there; places that none is at are not in it. */
    Map<Location, List<OutputPlace.Awaited>> awaited(List<NamedPlace> named) {
        Map<Location, List<OutputPlace.Awaited>> awaited = new HashMap<>();
        sql.list(
                row -> awaited.computeIfAbsent(named.get(row.getInt("index")).place(), place -> new ArrayList<>())
                        .add(new OutputPlace.Awaited(
                                new ItemId(row.getObject("item", UUID.class)),
                                JsonColumn.comparable(JsonColumn.parse(row.getString("significant"))))),
                "select wanted.number - 1 as index, run.item, run.significant from unnest(?, ?, ?, ?) with ordinality"
                        + " wanted (root, area, folder, name, number)"
                        + Sql.each(
                                "select * from run where run.output_root = wanted.root"
                                        + " and run.output_area = wanted.area and run.output_folder = wanted.folder"
                                        + " and run.output_name = wanted.name",
                                "run")
                        + " where run.state in ('QUEUED', 'RUNNING', 'PUBLISHING')",
                named.stream().map(one -> one.folder().root().value()).toArray(UUID[]::new),
                texts(named, one -> one.folder().area().name()),
                texts(named, one -> one.folder().path()),
                texts(named, one -> one.name().path()));
        return awaited;
    }

    private Map<Location, OutputPlace.Result> results(List<NamedPlace> named, DataRoots roots) {
        Map<Location, RunId> makers = new HashMap<>();
        named.forEach(one -> maker(one, roots).ifPresent(run -> makers.put(one.place(), run)));
        Map<RunId, OutputPlace.Origin> origins = new HashMap<>();
        sql.list(
                row -> origins.put(RunId.parse(row.getString("id")), origin(row)),
                "select run.id, input_root, input_path, significant, created_by, shared from run"
                        + " join batch on batch.id = run.batch where run.id = any(?)",
                (Object) makers.values().stream().map(RunId::value).toArray(UUID[]::new));
        Map<Location, OutputPlace.Result> results = new HashMap<>();
        makers.forEach(
                (place, run) -> results.put(place, new OutputPlace.Result(Optional.ofNullable(origins.get(run)))));
        return results;
    }

    private OutputPlace.Origin origin(ResultSet run) throws SQLException {
        return new OutputPlace.Origin(
                new Location(
                        new RootId(run.getObject("input_root", UUID.class)), Area.INSIDE, run.getString("input_path")),
                JsonColumn.comparable(JsonColumn.parse(run.getString("significant"))),
                ownership.mayChange(run.getString("created_by"), run.getBoolean("shared")));
    }

    private static Optional<RunId> maker(NamedPlace named, DataRoots roots) {
        try {
            return OutputMetadata.run(roots.path(named.folder()), named.name());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot read what made '" + roots.path(named.place()) + "': " + e.getMessage(), e);
        }
    }

    private static String[] texts(List<NamedPlace> named, Function<NamedPlace, String> text) {
        return named.stream().map(text).toArray(String[]::new);
    }
}
