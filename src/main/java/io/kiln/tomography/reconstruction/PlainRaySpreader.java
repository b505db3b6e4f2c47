package io.kiln.tomography.reconstruction;

/** The loop one value at a time. */
final class PlainRaySpreader implements RaySpreader {
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
            int sample = samples.begin() + k * PARTS;
            float ar = values[sample];
            float ai = values[sample + 1];
            float br = values[sample + 2];
            float bi = values[sample + 3];
            for (int line = 0; line < KaiserBesselKernel.WIDTH; line++) {
                float w = table[fromX + line];
                add(cells, at, w * ar, w * ai, w * br, w * bi, table, fromY);
                at += stride;
            }
        }
    }

    private static void add(float[] cells, int at, float ar, float ai, float br, float bi, float[] table, int fromY) {
        for (int cell = 0; cell < KaiserBesselKernel.WIDTH; cell++) {
            float w = table[fromY + cell];
            cells[at] += ar * w;
            cells[at + 1] += ai * w;
            cells[at + 2] += br * w;
            cells[at + 3] += bi * w;
            at += PARTS;
        }
    }
}
