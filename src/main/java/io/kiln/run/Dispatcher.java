package io.kiln.run;

import io.kiln.persistence.DatabaseException;
import io.kiln.target.StartException;
import io.kiln.target.StartOrder;
import io.kiln.target.Targets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Starts what can start on this node. Not transactional: each claim is committed before its job starts. */
@ApplicationScoped
public class Dispatcher {
    private static final Logger LOG = Logger.getLogger(Dispatcher.class.getName());

    private final RunClaims claims;
    private final Yields yields;
    private final NodeService nodes;
    private final LiveAttempts live;
    private final AttemptEnd end;
    private final AttemptLog log;
    private final Targets targets;

    /** For the container's proxy only. */
    protected Dispatcher() {
        this(null, null, null, null, null, null, null);
    }

    @Inject
    public Dispatcher(
            RunClaims claims,
            Yields yields,
            NodeService nodes,
            LiveAttempts live,
            AttemptEnd end,
            AttemptLog log,
            Targets targets) {
        this.claims = claims;
        this.yields = yields;
        this.nodes = nodes;
        this.live = live;
        this.end = end;
        this.log = log;
        this.targets = targets;
    }

    /** Claims and starts runs until nothing more can start; then asks for devices for urgent ones. A node all of whose attempts are to stop starts none. */
    public void dispatch(Claimant claimant) {
        while (!live.isStoppingAll() && nodes.takesRuns(claimant)) {
            RunClaims.Outcome outcome = next(claimant);
            if (outcome instanceof RunClaims.Outcome.Claimed claimed) {
                log.claimed(claimed.order().attempt(), claimant.node(), claimed.devices(), claimed.before());
                start(claimed.order());
            } else if (outcome instanceof RunClaims.Outcome.Nothing) {
                yields.ask(claimant);
                return;
            }
        }
    }

    private RunClaims.Outcome next(Claimant claimant) {
        try {
            return claims.next(claimant);
        } catch (DatabaseException e) {
            if (e.isDuplicate()) {
                // why: another node has just taken a run with the same output; the index decided, and the next wake-up
                // looks again
                LOG.log(Level.FINE, "a claim met another node's", e);
                return new RunClaims.Outcome.Nothing();
            }
            throw e;
        }
    }

    private void start(StartOrder order) {
        try {
            targets.get(order.target()).start(order);
        } catch (StartException e) {
            LOG.log(Level.WARNING, e, () -> "run " + order.attempt().run() + " was not started");
            log.failed(order.attempt(), e.getMessage());
            end.note(order.attempt(), e);
            end.lost(order.attempt(), e.getMessage());
            log.ended(order.attempt());
        }
    }
}
