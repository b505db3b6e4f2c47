package io.kiln.batch;

import io.kiln.root.Location;

/**
 * A folder that items of a batch come from.
 *
 * @param pattern which of its files, as a shell's
 */
public record BatchFolder(Location place, String pattern) {}
