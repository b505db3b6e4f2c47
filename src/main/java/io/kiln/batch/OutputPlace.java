package io.kiln.batch;

import io.kiln.run.ItemId;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** A place for an output while a request is worked off: whose it is, what is to come there, and what it holds. */
final class OutputPlace {
    /** What stands in the way of an output at a place. */
    enum Occupant {
        /** Nothing that Kiln knows of; what others put there is seen to when the run begins. */
        NONE,
        /** A result of the same item with the same parameters. */
        SAME_RESULT,
        /** A result with other parameters. */
        OTHER_RESULT,
        /** Another item's place, or that of an unfinished run with other parameters. */
        OTHER_WORK
    }

    /**
     * What it holds.
     *
     * @param significant what the result was made with; empty for a run that is not known any more: nobody can tell what its parameters were worth
     */
    record Result(Optional<JsonObject> significant) {}

    private Optional<ItemId> owner;
    private boolean isLost;
    private final List<JsonObject> awaited;
    private final Optional<Result> result;

    /** @param awaited what the results of unfinished runs will be made with */
    OutputPlace(Optional<ItemId> owner, List<JsonObject> awaited, Optional<Result> result) {
        this.owner = owner;
        this.awaited = awaited;
        this.result = result;
    }

    Occupant occupant(WantedOutput wanted) {
        if (isLost || owner.isPresent() && !owner.get().equals(wanted.item())) {
            return Occupant.OTHER_WORK;
        }
        if (!awaited.stream().allMatch(wanted.significant()::equals)) {
            return Occupant.OTHER_WORK;
        }
        return result.map(made -> made.significant().filter(wanted.significant()::equals))
                .map(same -> same.isPresent() ? Occupant.SAME_RESULT : Occupant.OTHER_RESULT)
                .orElse(Occupant.NONE);
    }

    void give(ItemId item) {
        owner = Optional.of(item);
    }

    /** Another request has claimed it since it was looked at. */
    void lose() {
        isLost = true;
    }
}
