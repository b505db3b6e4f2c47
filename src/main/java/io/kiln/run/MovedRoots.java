package io.kiln.run;

import io.kiln.job.Attempt;
import io.kiln.persistence.Sql;
import io.kiln.pipeline.InputRejectedException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers where the files of runs were when their attempts began: what fails because a root was moved under it, says so. */
@ApplicationScoped
@Transactional
public class MovedRoots {
    private final Sql sql;
    private final Map<Attempt, Places> begun = new ConcurrentHashMap<>();

    /** For the container's proxy only. */
    protected MovedRoots() {
        this(null);
    }

    @Inject
    public MovedRoots(Sql sql) {
        this.sql = sql;
    }

    private record Places(String input, String output) {}

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
        return sql.first(
                        row -> new Places(row.getString("input"), row.getString("output")),
                        "select input.path || '/' || input_path as input, output.path"
                                + " || case output_area when 'BESIDE' then '_rec' else '' end || '/' || output_folder as output"
                                + " from run join data_root input on input.id = input_root"
                                + " join data_root output on output.id = output_root where run.id = ?",
                        attempt.run().value())
                .orElseThrow();
    }
}
