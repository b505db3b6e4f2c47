package io.kiln.tomography.cuda;

import io.kiln.device.cuda.CudaStream;
import io.kiln.device.cuda.DeviceMemory;
import io.kiln.pipeline.UnitRange;
import io.kiln.tomography.OutputImages;
import io.kiln.tomography.SliceSource;
import io.kiln.tomography.TomographyPlan;
import io.kiln.tomography.scan.StoredCounts;
import java.io.IOException;

/** A full reconstruction on a GPU: units are slices. Their counts go to the device as the scan stores them. */
final class CudaFullWork extends CudaWork {
    private final DeviceMemory response;

    CudaFullWork(
            TomographyPlan plan,
            SliceSource source,
            OutputImages output,
            GpuHoldings holdings,
            ReconstructionSizes sizes,
            int slabUnits) {
        super(
                source,
                output,
                holdings,
                sizes,
                new GpuReconstruction(holdings, plan, source, sizes),
                slabUnits,
                slabUnits);
        response = reconstruction.response(holdings, plan.binned(plan.center()));
    }

    @Override
    protected int slice(int unit) {
        return unit;
    }

    @Override
    protected long inputBytes(UnitRange units) {
        return units.count() * sizes.counts();
    }

    @Override
    public void read(UnitRange units, GpuSlot slot) throws IOException {
        slot.settle();
        source.read(units.from(), units.to(), slot.counts());
    }

    @Override
    protected void launch(UnitRange units, GpuSlot slot) {
        CudaStream stream = slot.stream();
        StoredCounts stored = source.stored(units.count());
        for (int made = 0; made < units.count(); made += ReconstructionSizes.QUAD) {
            int slices = Math.min(ReconstructionSizes.QUAD, units.count() - made);
            reconstruction
                    .sinograms()
                    .prepare(
                            stream,
                            slot.deviceInput(),
                            0,
                            stored,
                            made,
                            units.from() + made,
                            slices,
                            reconstruction.sinogramMemory(),
                            0);
            reconstruction
                    .projections()
                    .transformPairs(
                            stream, reconstruction.sinogramMemory(), response, reconstruction.spectra(), slices);
            reconstruction.images().reconstruct(stream, reconstruction.spectra(), slot.deviceOutput(), made, slices);
        }
    }
}
