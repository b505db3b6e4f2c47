package io.kiln.batch;

import io.kiln.pipeline.OutputName;
import io.kiln.root.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The places of an output's name in a folder: that of the name itself, then those with 2, 3 and so on behind it, as far as they have been looked at. */
final class NumberedPlaces {
    private final Location folder;
    private final OutputName name;
    private final List<OutputPlace> places = new ArrayList<>();

    NumberedPlaces(Location folder, OutputName name) {
        this.folder = folder;
        this.name = name;
    }

    /** One of the places, with its name. */
    record Choice(OutputName name, OutputPlace place) {}

    /** Those to look at next: as many again as are known, so that many outputs of one name do not take as many looks. */
    List<NamedPlace> following() {
        return IntStream.range(places.size(), Math.max(1, 2 * places.size()))
                .mapToObj(index -> new NamedPlace(folder, numbered(index + 1)))
                .toList();
    }

    void add(OutputPlace next) {
        places.add(next);
    }

    /**
     * The place whose result the run computes anew, else the first one that holds none; empty where none of the known ones does.
     *
     * @param force true where a result with other parameters may be replaced
     */
    Optional<Choice> choice(WantedOutput wanted, boolean force) {
        int replaced = -1;
        for (int index = 0; index < places.size(); index++) {
            OutputPlace.Occupant occupant = places.get(index).occupant(wanted);
            if (occupant == OutputPlace.Occupant.OTHER_RESULT && force && replaced < 0) {
                replaced = index;
            }
            if (occupant == OutputPlace.Occupant.SAME_RESULT) {
                return Optional.of(choice(index));
            }
            if (occupant == OutputPlace.Occupant.NONE) {
                return Optional.of(choice(replaced < 0 ? index : replaced));
            }
        }
        return Optional.empty();
    }

    private Choice choice(int index) {
        return new Choice(numbered(index + 1), places.get(index));
    }

    private OutputName numbered(int number) {
        if (number == 1) {
            return name;
        }
        int dot = name.form() == OutputName.Form.FILE ? name.path().lastIndexOf('.') : -1;
        String path = dot < 0
                ? name.path() + "_" + number
                : name.path().substring(0, dot) + "_" + number + name.path().substring(dot);
        return new OutputName(path, name.form());
    }
}
