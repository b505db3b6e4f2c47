package io.kiln.settings;

/**
 * For how long is kept what has happened.
 *
 * @param events days that events can be followed after
 * @param jobs days that the batch runtime remembers executions that belong to no run
 */
public record HistoryDays(int events, int jobs) {
    /** A month of events, a quarter of a year of jobs. */
    public static final HistoryDays STANDARD = new HistoryDays(30, 90);

    public HistoryDays {
        Settings.atLeast("KILN_EVENTS_DAYS", events, 1);
        Settings.atLeast("KILN_JOBS_DAYS", jobs, 1);
    }
}
