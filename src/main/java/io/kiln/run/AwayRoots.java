package io.kiln.run;

import io.kiln.job.Attempt;
import io.kiln.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What fails because the file system of its input is not mounted, says so: it would take the whole queue with it. */
@ApplicationScoped
@Transactional
public class AwayRoots {
    private final Sql sql;

    /** For the container's proxy only. */
    protected AwayRoots() {
        this(null);
    }

    @Inject
    public AwayRoots(Sql sql) {
        this.sql = sql;
    }

    /** The failure itself, or what it comes from where the root of the run's input is away. The attempt's own transaction may be of no use any more. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    Throwable explained(Attempt attempt, Throwable failure) {
        if (FailureKind.of(failure) != FailureKind.ERROR) {
            return failure;
        }
        return sql.first(
                        row -> Path.of(row.getString(1)),
                        "select data_root.path from run join data_root on data_root.id = run.input_root where run.id = ?",
                        attempt.run().value())
                .filter(AwayRoots::isAway)
                .<Throwable>map(root -> new RootAwayException(root, failure))
                .orElse(failure);
    }

    private static boolean isAway(Path root) {
        if (!Files.isDirectory(root)) {
            return true;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(root)) {
            return !files.iterator().hasNext();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + root, e);
        }
    }
}
