package io.kiln.batch;

import io.kiln.job.OutputMetadata;
import io.kiln.job.RunId;
import io.kiln.persistence.JsonColumn;
import io.kiln.persistence.Sql;
import io.kiln.root.DataRoots;
import io.kiln.root.Location;
import io.kiln.run.ItemId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Finds out what is known of places for outputs, three statements for all that are asked for. */
@ApplicationScoped
class OutputOccupants {
    private final Sql sql;

    /** For the container's proxy only. */
    protected OutputOccupants() {
        this(null);
    }

    @Inject
    OutputOccupants(Sql sql) {
        this.sql = sql;
    }

    Map<Location, OutputPlace> of(List<NamedPlace> named, DataRoots roots) {
        Map<Integer, ItemId> owners = owners(named);
        Map<Integer, List<JsonObject>> awaited = awaited(named);
        Map<Integer, OutputPlace.Result> results = results(named, roots);
        Map<Location, OutputPlace> places = new HashMap<>();
        for (int index = 0; index < named.size(); index++) {
            places.put(
                    named.get(index).place(),
                    new OutputPlace(
                            Optional.ofNullable(owners.get(index)),
                            awaited.getOrDefault(index, List.of()),
                            Optional.ofNullable(results.get(index))));
        }
        return places;
    }

    private Map<Integer, ItemId> owners(List<NamedPlace> named) {
        Map<Integer, ItemId> owners = new HashMap<>();
        sql.list(
                row -> owners.put(row.getInt("index"), new ItemId(row.getObject("item", UUID.class))),
                "select wanted.number - 1 as index, claim.item from unnest(?, ?, ?) with ordinality"
                        + " wanted (root, area, path, number) join output_claim claim using (root, area, path)",
                ids(named, one -> one.folder().root().value()),
                texts(named, one -> one.folder().area().name()),
                texts(named, one -> one.place().path()));
        return owners;
    }

    private Map<Integer, List<JsonObject>> awaited(List<NamedPlace> named) {
        Map<Integer, List<JsonObject>> awaited = new HashMap<>();
        sql.list(
                row -> awaited.computeIfAbsent(row.getInt("index"), index -> new ArrayList<>())
                        .add(JsonColumn.comparable(JsonColumn.parse(row.getString("significant")))),
                "select wanted.number - 1 as index, run.significant from unnest(?, ?, ?, ?) with ordinality"
                        + " wanted (root, area, folder, name, number)"
                        + Sql.each(
                                "select * from run where run.output_root = wanted.root"
                                        + " and run.output_area = wanted.area and run.output_folder = wanted.folder"
                                        + " and run.output_name = wanted.name",
                                "run")
                        + " where run.state in ('QUEUED', 'RUNNING', 'PUBLISHING')",
                ids(named, one -> one.folder().root().value()),
                texts(named, one -> one.folder().area().name()),
                texts(named, one -> one.folder().path()),
                texts(named, one -> one.name().path()));
        return awaited;
    }

    private Map<Integer, OutputPlace.Result> results(List<NamedPlace> named, DataRoots roots) {
        Map<Integer, RunId> makers = new HashMap<>();
        for (int index = 0; index < named.size(); index++) {
            int place = index;
            maker(named.get(index), roots).ifPresent(run -> makers.put(place, run));
        }
        Map<RunId, JsonObject> significant = new HashMap<>();
        sql.list(
                row -> significant.put(
                        RunId.parse(row.getString("id")),
                        JsonColumn.comparable(JsonColumn.parse(row.getString("significant")))),
                "select id, significant from run where id = any(?)",
                (Object) makers.values().stream().map(RunId::value).toArray(UUID[]::new));
        Map<Integer, OutputPlace.Result> results = new HashMap<>();
        makers.forEach(
                (index, run) -> results.put(index, new OutputPlace.Result(Optional.ofNullable(significant.get(run)))));
        return results;
    }

    private static Optional<RunId> maker(NamedPlace named, DataRoots roots) {
        try {
            return OutputMetadata.run(roots.path(named.folder()), named.name());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot read what made '" + roots.path(named.place()) + "': " + e.getMessage(), e);
        }
    }

    private static UUID[] ids(List<NamedPlace> named, Function<NamedPlace, UUID> id) {
        return named.stream().map(id).toArray(UUID[]::new);
    }

    private static String[] texts(List<NamedPlace> named, Function<NamedPlace, String> text) {
        return named.stream().map(text).toArray(String[]::new);
    }
}
