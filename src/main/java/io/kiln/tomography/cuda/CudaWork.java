package io.kiln.tomography.cuda;

import io.kiln.pipeline.DeviceSeconds;
import io.kiln.pipeline.UnitRange;
import io.kiln.tomography.OutputImages;
import io.kiln.tomography.SliceSource;
import io.kiln.tomography.TomographyWork;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What full reconstructions and tries on a GPU have in common. Computing a slab means to put its work into its slot's stream; whoever writes the slab waits for
 * it first, so that copying to the device, computing and copying back overlap for different slabs.
 */
abstract class CudaWork extends TomographyWork<GpuSlot> {
    protected final ReconstructionSizes sizes;
    protected final GpuReconstruction reconstruction;
    private final GpuHoldings holdings;
    private final DeviceStages stages = new DeviceStages();
    private final List<GpuSlot> slots = new ArrayList<>();
    private int given;

    /**
     * Takes the holdings over once it is made.
     *
     * @param slicesRead how many slices a slot's counts hold
     */
    protected CudaWork(
            SliceSource source,
            OutputImages output,
            GpuHoldings holdings,
            ReconstructionSizes sizes,
            GpuReconstruction reconstruction,
            int slabUnits,
            int slicesRead) {
        super(source, output, slabUnits, SlabHeight.SLOTS);
        this.holdings = holdings;
        this.sizes = sizes;
        this.reconstruction = reconstruction;
        for (int i = 0; i < SlabHeight.SLOTS; i++) {
            slots.add(new GpuSlot(
                    holdings,
                    sizes.slabInput(slabUnits),
                    sizes.slabOutput(slabUnits),
                    memory -> source.newCounts(slicesRead, memory)));
        }
    }

    /** Bytes of the slot's input that these units need. */
    protected abstract long inputBytes(UnitRange units);

    /** Puts the kernels into the slot's stream. */
    protected abstract void launch(UnitRange units, GpuSlot slot);

    /** The slice, within the region, that a unit shows. */
    protected abstract int slice(int unit);

    @Override
    public final GpuSlot newSlot() {
        return slots.get(given++);
    }

    @Override
    public final void compute(UnitRange units, GpuSlot slot) {
        try {
            slot.submit(stages, inputBytes(units), () -> launch(units, slot), sizes.slabOutput(units.count()));
        } catch (RuntimeException e) {
            leave(slot, e);
            throw e;
        }
    }

    /** What a slab that failed has put in already must not run on beside the next slab. */
    private static void leave(GpuSlot slot, RuntimeException failure) {
        try {
            slot.settle();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public final void awaitComputed(UnitRange units, GpuSlot slot) {
        slot.awaitOutput();
    }

    @Override
    public final Optional<DeviceSeconds> deviceSeconds() {
        return Optional.of(stages.seconds());
    }

    @Override
    public final void write(UnitRange units, GpuSlot slot) throws IOException {
        ByteBuffer images = slot.output();
        int bytes = Math.toIntExact(sizes.output());
        for (int unit = units.from(); unit < units.to(); unit++) {
            if (source.preparation().hasLight(slice(unit))) {
                output.write(unit, images.slice((unit - units.from()) * bytes, bytes));
            } else {
                output.writeSkipped(new UnitRange(unit, unit + 1));
            }
        }
    }

    @Override
    protected final void releaseDevice() {
        try (holdings) {
            slots.forEach(GpuSlot::abandon);
        }
    }
}
