package io.kiln.tomography;

import io.kiln.pipeline.SlabWork;
import io.kiln.pipeline.UnitRange;
import java.io.IOException;

/**
 * What the work of a lane is on whatever device: slices come from one source, images go to one output, and both are closed with it.
 *
 * @param <S> the buffers of one slab
 */
public abstract class TomographyWork<S> implements SlabWork<S> {
    protected final SliceSource source;
    protected final OutputImages output;
    private final int slabUnits;
    private final int slots;

    /**
     * @param slabUnits how many units a slab holds at most
     * @param slots how many slabs may hold buffers at once
     */
    protected TomographyWork(SliceSource source, OutputImages output, int slabUnits, int slots) {
        this.source = source;
        this.output = output;
        this.slabUnits = slabUnits;
        this.slots = slots;
    }

    @Override
    public final int slabUnits() {
        return slabUnits;
    }

    @Override
    public final int slots() {
        return slots;
    }

    @Override
    public final void writeSkipped(UnitRange units) throws IOException {
        output.writeSkipped(units);
    }

    @Override
    public final void force(UnitRange units) throws IOException {
        output.force(units);
    }

    @Override
    public final void close() throws IOException {
        try (source;
                output) {
            releaseDevice();
        }
    }

    /** Gives back what the work holds of its device: threads, memory. Called once, when no slab is on its way any more. */
    protected abstract void releaseDevice() throws IOException;
}
