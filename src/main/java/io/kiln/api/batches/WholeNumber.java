package io.kiln.api.batches;

import jakarta.json.JsonNumber;
import jakarta.json.JsonValue;
import java.util.OptionalInt;

/** Whole numbers in members that may also hold something else. */
final class WholeNumber {
    private WholeNumber() {}

    /** What the value must be, in words. */
    static String words(int least) {
        return "a whole number from " + least + " to " + Integer.MAX_VALUE;
    }

    /** The number, empty where the value is no whole number or lies below {@code least} or above what an int holds. */
    static OptionalInt atLeast(int least, JsonValue value) {
        if (!(value instanceof JsonNumber number) || !number.isIntegral()) {
            return OptionalInt.empty();
        }
        boolean fits = number.bigIntegerValue().bitLength() < Integer.SIZE && number.intValue() >= least;
        return fits ? OptionalInt.of(number.intValue()) : OptionalInt.empty();
    }
}
