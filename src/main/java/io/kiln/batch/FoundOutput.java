package io.kiln.batch;

import io.kiln.root.Location;
import java.time.Instant;

/**
 * An output that another program has left where Kiln would put the item's own.
 *
 * @param isTry whether it is a look at a range of centres
 * @param files how many images it has
 * @param modified when it was last written to
 */
public record FoundOutput(boolean isTry, Location place, int files, Instant modified) {}
