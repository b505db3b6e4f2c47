package io.kiln.batch;

import io.kiln.pipeline.InputRejectedException;

/**
 * What somebody wants to have removed: three different things.
 *
 * @param entries the items with their runs; no file goes with them
 * @param outputs the files that their runs have published
 * @param inputs their input files
 */
public record ItemRemovalRequest(ItemSelection items, boolean entries, boolean outputs, boolean inputs) {
    public ItemRemovalRequest {
        if (!entries && !outputs && !inputs) {
            throw new InputRejectedException(
                    "nothing is to be removed; ask for 'entries' (the items), 'outputs', 'inputs', or some of them");
        }
    }
}
