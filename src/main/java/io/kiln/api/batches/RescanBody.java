package io.kiln.api.batches;

import io.kiln.api.problem.ProblemException;
import io.kiln.api.problem.ProblemType;
import io.kiln.batch.FolderScan;
import io.kiln.batch.Rescanned;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What looking at a batch's folders has brought.
 *
 * @param folders that were looked at
 * @param added how many items for files that are new
 * @param missing how many items' inputs have gone since the last look
 * @param returned how many items' inputs are there again
 * @param found how many items have outputs that another program has left
 */
public record RescanBody(List<Folder> folders, int added, int missing, int returned, int found) {
    /**
     * @param files how many match and can be taken
     * @param problem why it could not be listed, or what of it is left out; null where there is nothing to say
     */
    public record Folder(String folder, String pattern, int files, String problem) {}

    /**
     * A folder to look at, too; none where it is absent.
     *
     * @param pattern which of its files, as a shell's; all HDF5 files where it is absent
     */
    public record Wanted(String folder, String pattern) {
        Optional<Path> sourceFolder() {
            if (folder == null && pattern != null) {
                throw new ProblemException(
                        ProblemType.INVALID_REQUEST, "pattern is '" + pattern + "', but there is no folder; name one");
            }
            return Optional.ofNullable(folder).map(Path::of);
        }

        String sourcePattern() {
            return Objects.requireNonNullElse(pattern, FolderScan.STANDARD_PATTERN);
        }
    }

    static RescanBody of(Rescanned rescanned) {
        return new RescanBody(
                rescanned.folders().stream()
                        .map(look -> new Folder(
                                look.folder().toString(),
                                look.pattern(),
                                look.files(),
                                look.problem().orElse(null)))
                        .toList(),
                rescanned.added().size(),
                rescanned.missing(),
                rescanned.returned(),
                rescanned.found());
    }
}
