package io.kiln.run.history;

/** How attempts ended, as SQL over the table aliases {@code run} and {@code execution} (of run_execution). */
public final class AttemptOutcomes {
    /** The first state that the attempt brought its run to and that is not at work; later events of the same number are of its wait and its restart. */
    private static final String EVENT =
            "(select event.id, event.state, event.reason from event where event.run = run.id and event.attempt ="
                    + " execution.attempt and event.state in ('COMPLETED', 'FAILED', 'STOPPED', 'QUEUED') order by"
                    + " event.id limit 1)";

    /**
     * To be joined: {@code outcome.state} is RUNNING or PUBLISHING while the attempt is at work, then COMPLETED, FAILED, STOPPED, or QUEUED where the run
     * went back to the queue; {@code outcome.reason} says why. Where the event is forgotten already, the run's own state tells of its newest attempt.
     */
    public static final String JOIN = " cross join lateral (select case when run.attempt = execution.attempt and"
            + " run.state in ('RUNNING', 'PUBLISHING') then run.state"
            + " else coalesce(ended.state, case when run.attempt = execution.attempt then run.state else 'QUEUED' end)"
            + " end as state, coalesce(ended.reason, case when run.attempt = execution.attempt then run.reason end)"
            + " as reason from (select 1) one left join lateral " + EVENT + " ended on true) outcome ";

    /** When the attempt had computed all, and gave its devices back; null where it did not come so far. */
    public static final String PUBLISHING_AT = "(select min(event.at) from event where event.run = run.id"
            + " and event.attempt = execution.attempt and event.state = 'PUBLISHING')";

    private AttemptOutcomes() {}
}
