package io.kiln.event;

/**
 * A place in the feed; what SSE calls the event's id. Events are ordered by transaction first: numbers alone would lose the event of a transaction that
 * commits late.
 */
public record EventCursor(long transaction, long number) implements Comparable<EventCursor> {
    /** Before everything that is kept. */
    public static final EventCursor START = new EventCursor(0, 0);

    /** @throws IllegalArgumentException when the text is no event id */
    public static EventCursor parse(String text) {
        String[] parts = text.split("-", 2);
        try {
            return new EventCursor(Long.parseLong(parts[0]), Long.parseLong(parts[parts.length - 1]));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no event id; one looks like 815-42", e);
        }
    }

    @Override
    public int compareTo(EventCursor other) {
        int order = Long.compare(transaction, other.transaction);
        return order != 0 ? order : Long.compare(number, other.number);
    }

    @Override
    public String toString() {
        return transaction + "-" + number;
    }
}
