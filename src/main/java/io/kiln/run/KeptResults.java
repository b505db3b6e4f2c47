package io.kiln.run;

import io.kiln.job.OutputMetadata;
import io.kiln.job.Placement;
import io.kiln.job.RunId;
import io.kiln.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Results on the disk that a run may not replace: all but its own and that of the same input with the same parameters, as long as that is not of a batch that is somebody
 * else's alone.
 */
@ApplicationScoped
public class KeptResults {
    private final Sql sql;

    /** For the container's proxy only. */
    protected KeptResults() {
        this(null);
    }

    @Inject
    public KeptResults(Sql sql) {
        this.sql = sql;
    }

    /** The run that made what lies at the place, where that is kept. */
    Optional<RunId> at(RunId run, Placement place) {
        return Optional.ofNullable(at(Map.of(run, place)).get(run));
    }

    /** The same for many runs; those whose places hold nothing that is kept are not in it. */
    Map<RunId, RunId> at(Map<RunId, Placement> places) {
        Map<RunId, RunId> makers = new HashMap<>();
        places.forEach((run, place) ->
                maker(place).filter(maker -> !maker.equals(run)).ifPresent(maker -> makers.put(run, maker)));
        sql.list(
                        row -> RunId.parse(row.getString("id")),
                        "select run.id from unnest(?, ?) made (run, maker) join run on run.id = made.run"
                                + " join batch on batch.id = run.batch join run maker on maker.id = made.maker"
                                + " join batch of_maker on of_maker.id = maker.batch"
                                + " where (maker.significant, maker.input_root, maker.input_path)"
                                + " = (run.significant, run.input_root, run.input_path)"
                                + " and (of_maker.shared or of_maker.created_by = batch.created_by)",
                        makers.keySet().stream().map(RunId::value).toArray(UUID[]::new),
                        makers.values().stream().map(RunId::value).toArray(UUID[]::new))
                .forEach(makers::remove);
        return makers;
    }

    private static Optional<RunId> maker(Placement place) {
        try {
            return OutputMetadata.run(place.outputFolder(), place.output());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read what made '" + place.target() + "': " + e.getMessage(), e);
        }
    }
}
