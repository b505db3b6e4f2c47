package io.kiln.batch;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What looking at a batch's folders has brought.
 *
 * @param folders that were looked at
 * @param added items for files that are new
 * @param missing items whose input has gone since the last look
 * @param returned items whose input is there again
 * @param found items with outputs that another program has left
 */
public record Rescanned(List<Look> folders, List<Item> added, int missing, int returned, int found) {
    /**
     * @param files how many match and can be taken
     * @param problem why it could not be listed, or what of it is left out
     */
    public record Look(Path folder, String pattern, int files, Optional<String> problem) {}
}
