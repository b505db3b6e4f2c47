package io.kiln.run;

import io.kiln.job.Attempt;
import io.kiln.job.RunId;
import io.kiln.persistence.Sql;
import io.kiln.pipeline.InputRejectedException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers where the files of runs were when their attempts began: what fails because a root was moved under it, says so. */
@ApplicationScoped
@Transactional
public class MovedRoots {
    private final Sql sql;
    private final Placements placements;
    private final Map<Attempt, Places> begun = new ConcurrentHashMap<>();

    /** For the container's proxy only. */
    protected MovedRoots() {
        this(null, null);
    }

    @Inject
    public MovedRoots(Sql sql, Placements placements) {
        this.sql = sql;
        this.placements = placements;
    }

    private record Places(String input, Path output) {}

    void begins(Attempt attempt) {
        begun.put(attempt, places(attempt));
    }

    void ended(Attempt attempt) {
        begun.remove(attempt);
    }

    /** The failure itself, or what it comes from where a root of the run is elsewhere now. The attempt's own transaction may be of no use any more. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    Throwable explained(Attempt attempt, Throwable failure) {
        Places before = begun.get(attempt);
        if (before == null || FailureKind.of(failure) != FailureKind.ERROR) {
            return failure;
        }
        Places now = places(attempt);
        if (now.equals(before)) {
            return failure;
        }
        boolean isInput = !now.input().equals(before.input());
        return new InputRejectedException(
                "a data root was moved while the run worked in it, from "
                        + (isInput ? before.input() : before.output()) + " to " + (isInput ? now.input() : now.output())
                        + ": restart it, and it goes on there",
                failure);
    }

    /** Absolute: what comes to another root and stays where it is, has not been moved. */
    private Places places(Attempt attempt) {
        RunId run = attempt.run();
        String input = sql.first(
                        row -> row.getString("input"),
                        "select path || '/' || input_path as input from run"
                                + " join data_root on data_root.id = input_root where run.id = ?",
                        run.value())
                .orElseThrow();
        return new Places(input, placements.of(run).outputFolder());
    }
}
