package io.kiln.api;

import java.util.List;

/**
 * One page of a list.
 *
 * @param next what to give as {@code after} for the page behind this one; null on the last page
 */
public record Page<T>(List<T> items, String next) {
    /** A list that always fits one page. */
    public static <T> Page<T> whole(List<T> items) {
        return new Page<>(items, null);
    }
}
