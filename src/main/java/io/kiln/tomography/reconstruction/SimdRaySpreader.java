package io.kiln.tomography.reconstruction;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loop of {@link PlainRaySpreader}, the four parts of a cell at a time. Every vector is loaded from where one was stored, so that the next sample need not
 * wait for the cache; longer vectors, over several cells, would straddle what the last sample stored.
 *
 * <p>The loop over the lines is not written out: Java's compiler then stops inlining halfway, and the vectors go through the heap.
 */
final class SimdRaySpreader implements RaySpreader {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_128;

    @Override
    public void spread(Samples samples, float[] values, float[] table, float[] cells, int stride) {
        int places = KaiserBesselKernel.PLACES - 1;
        for (int k = samples.from(); k < samples.to(); k++) {
            int x = (int) ((k * samples.right() + ROUNDING) >> SHIFT);
            int y = (int) ((k * samples.up() + ROUNDING) >> SHIFT);
            int at = samples.origin()
                    + (x >> KaiserBesselKernel.PLACE_BITS) * stride
                    + (y >> KaiserBesselKernel.PLACE_BITS) * PARTS;
            int fromX = (x & places) * KaiserBesselKernel.WIDTH;
            int fromY = (y & places) * KaiserBesselKernel.WIDTH;
            FloatVector sample = FloatVector.fromArray(SPECIES, values, samples.begin() + k * PARTS);
            FloatVector w0 = FloatVector.broadcast(SPECIES, table[fromY]);
            FloatVector w1 = FloatVector.broadcast(SPECIES, table[fromY + 1]);
            FloatVector w2 = FloatVector.broadcast(SPECIES, table[fromY + 2]);
            FloatVector w3 = FloatVector.broadcast(SPECIES, table[fromY + 3]);
            for (int line = 0; line < KaiserBesselKernel.WIDTH; line++) {
                FloatVector weighted = sample.mul(table[fromX + line]);
                add(cells, at, weighted.mul(w0));
                add(cells, at + PARTS, weighted.mul(w1));
                add(cells, at + 2 * PARTS, weighted.mul(w2));
                add(cells, at + 3 * PARTS, weighted.mul(w3));
                at += stride;
            }
        }
    }

    private static void add(float[] cells, int at, FloatVector values) {
        FloatVector.fromArray(SPECIES, cells, at).add(values).intoArray(cells, at);
    }
}
