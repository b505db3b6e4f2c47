package io.kiln.run;

import io.kiln.job.RunId;
import io.kiln.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/**
 * Runs whose execution was stopped, and not through Kiln. An administrator does that from WildFly's console or command line, and means it; but so does a
 * server that goes down or takes the application away, also to the executions of other nodes, and then the run is to go on. Which of the two it was shows in
 * whether this process still lives a little later, and no other has begun to go down in the time that a slab may take to end.
 */
@ApplicationScoped
@Transactional
public class OutsideStops {
    static final String NOT_YET_CLEAR =
            " was stopped, and not through Kiln; the run stays stopped unless the server goes down";

    private static final String ANOTHER_WENT_DOWN = "exists (select 1 from node other where other.name <> run.node"
            + " and other.goes_down_at > run.stopped_outside - interval '10 minutes')";

    private final Sql sql;
    private final RunTransitions transitions;

    /** For the container's proxy only. */
    protected OutsideStops() {
        this(null, null);
    }

    @Inject
    public OutsideStops(Sql sql, RunTransitions transitions) {
        this.sql = sql;
        this.transitions = transitions;
    }

    /** No server has gone down: it was an administrator. */
    void settle(Claimant claimant) {
        sql.list(
                        row -> RunId.parse(row.getString("id")),
                        "select id from run where state = 'QUEUED' and node = ? and boot = ?"
                                + " and stopped_outside < clock_timestamp() - interval '30 seconds' and not "
                                + ANOTHER_WENT_DOWN,
                        claimant.node(),
                        claimant.boot())
                .forEach(run -> transitions.move(
                        run, RunState.QUEUED, RunState.STOPPED, "stopped from WildFly's console or command line"));
    }

    /** The processes that were asked have gone down, or others have, and asked for it: the runs go on. */
    void release(Claimant claimant) {
        sql.update(
                "update run set stopped_outside = null, reason = null where state = 'QUEUED'"
                        + " and stopped_outside is not null and (node = ? and boot <> ? or node <> ? and not exists"
                        + " (select 1 from node n where n.name = run.node and n.boot = run.boot and n."
                        + NodeService.ALIVE + ") or " + ANOTHER_WENT_DOWN + ")",
                claimant.node(),
                claimant.boot(),
                claimant.node());
    }
}
