package io.kiln.persistence;

import java.util.List;
import java.util.function.Function;

/**
 * One page of a list.
 *
 * @param next what to ask the next page with, null on the last one
 */
public record Page<T>(List<T> items, String next) {
    public static final int LARGEST = 500;

    /** The page out of one row more than it may hold, so that a last page is known without counting. */
    public static <T> Page<T> of(List<T> oneMore, int limit, Function<T, Long> key) {
        if (oneMore.size() <= limit) {
            return new Page<>(oneMore, null);
        }
        List<T> items = oneMore.subList(0, limit);
        return new Page<>(items, key.apply(items.get(limit - 1)).toString());
    }

    public <R> Page<R> map(Function<T, R> change) {
        return new Page<>(items.stream().map(change).toList(), next);
    }
}
