package io.kiln.batch;

import io.kiln.root.Location;
import io.kiln.run.ItemId;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** A place for an output while a request is worked off: what is to come there, and what it holds. */
final class OutputPlace {
    /** What stands in the way of an output at a place. */
    enum Occupant {
        /** Nothing that Kiln knows of; what others put there is seen to when the run begins. */
        NONE,
        /** A result of the same input with the same parameters. */
        SAME_RESULT,
        /** A result of another input or with other parameters. */
        OTHER_RESULT,
        /** The place of an unfinished run of another item or with other parameters, or a result that who asks may not replace. */
        OTHER_WORK
    }

    /**
     * What an unfinished run will put there.
     *
     * @param significant what the result will be made with
     */
    record Awaited(ItemId item, JsonObject significant) {}

    /**
     * What a result was made from.
     *
     * @param mayBeReplaced false where it is of a batch that is somebody else's alone
     */
    record Origin(Location input, JsonObject significant, boolean mayBeReplaced) {
        boolean isThatOf(WantedOutput wanted) {
            return input.equals(wanted.input()) && significant.equals(wanted.significant());
        }
    }

    /**
     * What it holds.
     *
     * @param origin empty for the result of a run that is not known any more: nobody can tell what its parameters were worth
     */
    record Result(Optional<Origin> origin) {}

    private Optional<ItemId> given = Optional.empty();
    private List<Awaited> awaited;
    private final Optional<Result> result;

    OutputPlace(List<Awaited> awaited, Optional<Result> result) {
        this.awaited = awaited;
        this.result = result;
    }

    Occupant occupant(WantedOutput wanted) {
        boolean isGivenAway = given.filter(item -> !item.equals(wanted.item())).isPresent();
        if (isGivenAway || !awaited.stream().allMatch(new Awaited(wanted.item(), wanted.significant())::equals)) {
            return Occupant.OTHER_WORK;
        }
        return result.map(made -> occupant(made, wanted)).orElse(Occupant.NONE);
    }

    private static Occupant occupant(Result result, WantedOutput wanted) {
        if (result.origin().filter(origin -> !origin.mayBeReplaced()).isPresent()) {
            return Occupant.OTHER_WORK;
        }
        return result.origin().filter(origin -> origin.isThatOf(wanted)).isPresent()
                ? Occupant.SAME_RESULT
                : Occupant.OTHER_RESULT;
    }

    /** The request has chosen it for an output of the item. */
    void give(ItemId item) {
        given = Optional.of(item);
    }

    /** Others may have queued runs since it was looked at. */
    void await(List<Awaited> now) {
        awaited = now;
    }
}
