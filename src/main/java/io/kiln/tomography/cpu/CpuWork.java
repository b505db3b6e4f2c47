package io.kiln.tomography.cpu;

import io.kiln.pipeline.UnitRange;
import io.kiln.tomography.OutputImages;
import io.kiln.tomography.SliceSource;
import io.kiln.tomography.TomographyWork;
import java.io.IOException;

/**
 * What the works on the processor have in common: images are computed in pairs, and written as they are.
 *
 * @param <S> the buffers of one slab
 */
abstract class CpuWork<S extends CpuWork.Computed> extends TomographyWork<S> {
    protected final PairReconstruction reconstruction;

    /** Buffers of a slab that hold what was computed. */
    interface Computed {
        /** One image after the other. */
        float[] images();
    }

    CpuWork(SliceSource source, OutputImages output, SlabLayout layout, PairReconstruction reconstruction) {
        super(source, output, layout.units(), layout.slots());
        this.reconstruction = reconstruction;
    }

    @Override
    public final void write(UnitRange units, S slot) throws IOException {
        output.write(units, slot.images());
    }

    @Override
    protected final void releaseDevice() {
        reconstruction.close();
    }
}
