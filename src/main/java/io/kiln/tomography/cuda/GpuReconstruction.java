package io.kiln.tomography.cuda;

import io.kiln.device.cuda.DeviceMemory;
import io.kiln.tomography.SliceSource;
import io.kiln.tomography.TomographyPlan;
import io.kiln.tomography.reconstruction.AngleWeights;
import io.kiln.tomography.reconstruction.ProjectionFilter;
import io.kiln.tomography.reconstruction.ScanGeometry;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The steps from counts to images, with the memory that they share: slabs, each in a stream of its own, take turns at it. */
final class GpuReconstruction {
    private final ReconstructionSizes sizes;
    private final ProjectionFilter filter;
    private final SinogramKernels sinograms;
    private final ProjectionKernels projections;
    private final ImageConversion images;
    private final DeviceMemory sinogramMemory;
    private final DeviceMemory spectra;

    GpuReconstruction(GpuHoldings holdings, TomographyPlan plan, SliceSource source, ReconstructionSizes sizes) {
        this.sizes = sizes;
        ScanGeometry geometry = source.sizes().geometry();
        filter = new ProjectionFilter(sizes.width(), source.sizes().filtering());
        DeviceMemory roots = holdings.bytes(LineBlocks.roots());
        sinograms = new SinogramKernels(
                holdings, source.preparation(), source.stored(1).type(), sizes.projections());
        projections = new ProjectionKernels(holdings, sizes, roots, AngleWeights.rounded(geometry.angles()));
        QuadReconstructor quads = switch (sizes.algorithm()) {
            case FOURIERREC -> new FourierQuads(holdings, sizes, geometry, roots);
            case LINEREC -> new LineQuads(holdings, sizes, geometry, projections);
        };
        images = new ImageConversion(holdings, sizes, TomographyPlan.samples(plan.parameters()), quads);
        sinogramMemory = holdings.memory(sizes.sinograms());
        spectra = holdings.memory(sizes.spectra());
    }

    SinogramKernels sinograms() {
        return sinograms;
    }

    ProjectionKernels projections() {
        return projections;
    }

    ImageConversion images() {
        return images;
    }

    /** Sinograms of up to four slices. */
    DeviceMemory sinogramMemory() {
        return sinogramMemory;
    }

    /** Spectra of a quad. */
    DeviceMemory spectra() {
        return spectra;
    }

    /** The filter with the phase of a centre, real and imaginary parts in turn: {@link ReconstructionSizes#response} bytes from the buffer's position on. */
    void putResponse(double center, ByteBuffer response) {
        int half = sizes.length() / 2;
        float[] real = new float[half];
        float[] imaginary = new float[half];
        filter.factors(center, real, imaginary);
        for (int k = 0; k < half; k++) {
            response.putFloat(real[k]).putFloat(imaginary[k]);
        }
    }

    /** A response that changes nothing. */
    DeviceMemory unchanged(GpuHoldings holdings) {
        float[] response = new float[sizes.length()];
        for (int k = 0; k < response.length; k += 2) {
            response[k] = 1;
        }
        return holdings.floats(response);
    }

    /** The response of one centre in the device's memory. */
    DeviceMemory response(GpuHoldings holdings, double center) {
        ByteBuffer response = ByteBuffer.allocate((int) sizes.response()).order(ByteOrder.nativeOrder());
        putResponse(center, response);
        return holdings.bytes(response.flip());
    }
}
