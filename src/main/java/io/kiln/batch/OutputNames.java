package io.kiln.batch;

import io.kiln.persistence.Sql;
import io.kiln.pipeline.OutputName;
import io.kiln.root.DataRoots;
import io.kiln.root.Location;
import io.kiln.run.ItemId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** What outputs are called: what the pipeline calls them, with a number behind it where that place holds, or is about to hold, another result. */
@ApplicationScoped
class OutputNames {
    private final Sql sql;
    private final OutputOccupants occupants;

    /** For the container's proxy only. */
    protected OutputNames() {
        this(null, null);
    }

    @Inject
    OutputNames(Sql sql, OutputOccupants occupants) {
        this.sql = sql;
        this.occupants = occupants;
    }

    /**
     * For each the place whose result the run computes anew, else the first one that holds none and is no unfinished run's.
     *
     * @param wanted one of an item
     * @param roots that they lie in
     * @param force true where results with other parameters may be replaced
     */
    Map<ItemId, OutputName> reserve(List<WantedOutput> wanted, DataRoots roots, boolean force) {
        Reservation reservation = new Reservation(roots, force);
        List<WantedOutput> left = wanted;
        while (!left.isEmpty()) {
            left = reservation.reserve(left);
        }
        return reservation.names;
    }

    /** One request being worked off. */
    private final class Reservation {
        private final DataRoots roots;
        private final boolean force;
        private final Map<ItemId, OutputName> names = new HashMap<>();
        private final Map<NamedPlace, NumberedPlaces> numbered = new HashMap<>();
        private final Map<Location, OutputPlace> known = new HashMap<>();

        Reservation(DataRoots roots, boolean force) {
            this.roots = roots;
            this.force = force;
        }

        /** Reserves what there is room for in the places that are known, and looks at more for the others, which it answers. */
        List<WantedOutput> reserve(List<WantedOutput> wanted) {
            List<WantedOutput> left = new ArrayList<>();
            Map<WantedOutput, NumberedPlaces.Choice> chosen = new LinkedHashMap<>();
            Set<NumberedPlaces> full = new LinkedHashSet<>();
            for (WantedOutput one : wanted) {
                NumberedPlaces places = places(one);
                Optional<NumberedPlaces.Choice> choice = places.choice(one, force);
                if (choice.isPresent()) {
                    choice.get().place().give(one.item());
                    chosen.put(one, choice.get());
                } else {
                    full.add(places);
                    left.add(one);
                }
            }
            left.addAll(claim(chosen));
            look(full);
            return left;
        }

        private NumberedPlaces places(WantedOutput wanted) {
            return numbered.computeIfAbsent(
                    new NamedPlace(wanted.folder(), wanted.name()),
                    first -> new NumberedPlaces(first.folder(), first.name()));
        }

        /** Claims the places; answers those that another request was quicker with. */
        private List<WantedOutput> claim(Map<WantedOutput, NumberedPlaces.Choice> chosen) {
            Map<WantedOutput, NamedPlace> places = new LinkedHashMap<>();
            chosen.forEach((one, choice) -> places.put(one, new NamedPlace(one.folder(), choice.name())));
            OutputNames.this.claim(places);
            Map<Location, List<OutputPlace.Awaited>> awaited = occupants.awaited(List.copyOf(places.values()));
            List<WantedOutput> lost = new ArrayList<>();
            chosen.forEach((one, choice) -> {
                choice.place().await(awaited.getOrDefault(places.get(one).place(), List.of()));
                if (choice.place().occupant(one) == OutputPlace.Occupant.OTHER_WORK) {
                    lost.add(one);
                } else {
                    names.put(one.item(), choice.name());
                }
            });
            return lost;
        }

        private void look(Collection<NumberedPlaces> full) {
            Map<NumberedPlaces, List<NamedPlace>> following = new LinkedHashMap<>();
            full.forEach(places -> following.put(places, places.following()));
            List<NamedPlace> fresh = following.values().stream()
                    .flatMap(List::stream)
                    .filter(named -> !known.containsKey(named.place()))
                    .distinct()
                    .toList();
            known.putAll(occupants.of(fresh, roots));
            following.forEach((places, next) -> next.forEach(named -> places.add(known.get(named.place()))));
        }
    }

    /**
     * Keeps the places from other requests until this one has queued its runs, and waits for those that keep them: what these have queued there can be seen
     * afterwards.
     */
    private void claim(Map<WantedOutput, NamedPlace> places) {
        sql.update(
                // why: in one order, or two who ask at once might wait for each other
                "insert into output_claim (root, area, path, item)"
                        + " select * from unnest(?, ?, ?, ?) wanted (root, area, path, item) order by root, area, path"
                        + " on conflict (root, area, path) do update set item = excluded.item",
                ids(places.values(), named -> named.place().root().value()),
                texts(places.values(), named -> named.place().area().name()),
                texts(places.values(), named -> named.place().path()),
                ids(places.keySet(), wanted -> wanted.item().value()));
    }

    private static <T> UUID[] ids(Collection<T> all, Function<T, UUID> id) {
        return all.stream().map(id).toArray(UUID[]::new);
    }

    private static <T> String[] texts(Collection<T> all, Function<T, String> text) {
        return all.stream().map(text).toArray(String[]::new);
    }
}
