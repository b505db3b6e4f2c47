package io.kiln.volume;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Which elements of an array to read: any indices of the first two axes, ascending, and a range of the third. */
public final class Selection {
    private final int[] first;
    private final int[] second;
    private final int thirdFrom;
    private final int thirdTo;

    /**
     * @param first indices along the first axis, ascending, each once
     * @param second indices along the second axis, ascending, each once
     * @param thirdTo one past the last index along the third axis
     */
    public Selection(int[] first, int[] second, int thirdFrom, int thirdTo) {
        this.first = ascending(first);
        this.second = ascending(second);
        if (thirdFrom < 0 || thirdTo <= thirdFrom) {
            throw new IllegalArgumentException("[" + thirdFrom + ", " + thirdTo + ") selects nothing");
        }
        this.thirdFrom = thirdFrom;
        this.thirdTo = thirdTo;
    }

    /** Everything. */
    public static Selection all(ArrayShape shape) {
        return new Selection(range(0, shape.first()), range(0, shape.second()), 0, shape.third());
    }

    /** The indices from {@code from} to one before {@code to}. */
    public static int[] range(int from, int to) {
        return IntStream.range(from, to).toArray();
    }

    private static int[] ascending(int[] indices) {
        if (indices.length == 0) {
            throw new IllegalArgumentException("no index is selected");
        }
        int[] copy = indices.clone();
        for (int i = 1; i < copy.length; i++) {
            if (copy[i] <= copy[i - 1]) {
                throw new IllegalArgumentException("index " + copy[i] + " follows " + copy[i - 1]
                        + ": a selection is ascending and names each index once");
            }
        }
        return copy;
    }

    /** Shape of what is selected. */
    public ArrayShape shape() {
        return new ArrayShape(first.length, second.length, thirdTo - thirdFrom);
    }

    public int first(int position) {
        return first[position];
    }

    public int second(int position) {
        return second[position];
    }

    public int thirdFrom() {
        return thirdFrom;
    }

    public int thirdTo() {
        return thirdTo;
    }

    /** Position of the first selected index of the first axis that is at least {@code index}. */
    public int firstPosition(int index) {
        return position(first, index);
    }

    /** Position of the first selected index of the second axis that is at least {@code index}. */
    public int secondPosition(int index) {
        return position(second, index);
    }

    private static int position(int[] indices, int index) {
        int found = Arrays.binarySearch(indices, index);
        return found >= 0 ? found : -found - 1;
    }

    /** The same of the second and third axis, of one index of the first. */
    public Selection of(int index) {
        return new Selection(new int[] {index}, second, thirdFrom, thirdTo);
    }

    /**
     * The same elements, counted in what {@code larger} selects.
     *
     * @throws IndexOutOfBoundsException when {@code larger} lacks one of them
     */
    public Selection within(Selection larger) {
        if (thirdFrom < larger.thirdFrom || thirdTo > larger.thirdTo) {
            throw new IndexOutOfBoundsException("[" + thirdFrom + ", " + thirdTo + ") is not within ["
                    + larger.thirdFrom + ", " + larger.thirdTo + ")");
        }
        return new Selection(
                positions(first, larger.first),
                positions(second, larger.second),
                thirdFrom - larger.thirdFrom,
                thirdTo - larger.thirdFrom);
    }

    private static int[] positions(int[] indices, int[] larger) {
        int[] positions = new int[indices.length];
        for (int i = 0; i < indices.length; i++) {
            positions[i] = Arrays.binarySearch(larger, indices[i]);
            if (positions[i] < 0) {
                throw new IndexOutOfBoundsException("index " + indices[i] + " is not selected");
            }
        }
        return positions;
    }

    /** @throws IndexOutOfBoundsException when something is selected that an array of this shape lacks */
    public void checkWithin(ArrayShape shape) {
        if (first[0] < 0
                || first[first.length - 1] >= shape.first()
                || second[0] < 0
                || second[second.length - 1] >= shape.second()
                || thirdTo > shape.third()) {
            throw new IndexOutOfBoundsException("[" + first[0] + "…" + first[first.length - 1] + "] × [" + second[0]
                    + "…" + second[second.length - 1] + "] × [" + thirdFrom + "…" + (thirdTo - 1)
                    + "] reaches beyond an array of " + shape);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Selection that
                && Arrays.equals(first, that.first)
                && Arrays.equals(second, that.second)
                && thirdFrom == that.thirdFrom
                && thirdTo == that.thirdTo;
    }

    @Override
    public int hashCode() {
        return ((Arrays.hashCode(first) * 31 + Arrays.hashCode(second)) * 31 + thirdFrom) * 31 + thirdTo;
    }
}
