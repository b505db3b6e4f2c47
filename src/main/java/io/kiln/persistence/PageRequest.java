package io.kiln.persistence;

/**
 * Which page of a list is wanted.
 *
 * @param after {@link Page#next()} of the page before, null for the first
 * @param limit most rows, from 1 to {@link Page#LARGEST}
 */
public record PageRequest(Long after, int limit) {
    public PageRequest {
        if (limit < 1 || limit > Page.LARGEST) {
            throw new IllegalArgumentException("limit is " + limit + ", but must be from 1 to " + Page.LARGEST);
        }
    }

    /** @throws IllegalArgumentException when {@code after} is no token of an earlier page */
    public static PageRequest of(String after, Integer limit) {
        try {
            return new PageRequest(after == null ? null : Long.valueOf(after), limit == null ? 100 : limit);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "after is '" + after + "', but must be the 'next' of the page before", e);
        }
    }
}
