package io.kiln.tomography.reconstruction;

/**
 * Gridding: filtered projections' spectra are spread with a Kaiser-Bessel kernel onto the slice's spectrum (Fourier slice theorem), which is transformed back
 * and divided by the kernel's transform (O'Sullivan, A fast sinc function gridding algorithm for Fourier inversion in computer tomography, IEEE Trans. Med.
 * Imaging 4, 1985).
 *
 * <p>Only what is needed is computed: bands of the spectrum are filled, transformed along their lines and cropped to the slice's rows while they are in the
 * processor's cache, so the whole spectrum never exists.
 */
final class FourierReconstructor implements Reconstructor {
    final ScanGeometry geometry;
    final ProjectionFilter filter;
    final Grid grid;
    final Rays rays;
    final InscribedCircle circle;
    final float[] table;

    /** Corrects row or column of the slice at distance {@code lowest + i} from the axis for the kernel and for the spectrum's origin in its middle. */
    private final float[] correction;

    private final float[] weights;

    FourierReconstructor(ScanGeometry geometry, Filtering filtering) {
        this.geometry = geometry;
        filter = new ProjectionFilter(geometry.width(), filtering);
        grid = Grid.of(geometry.width());
        rays = new Rays(geometry, filter.length(), grid.cells());
        circle = new InscribedCircle(geometry.width());
        KaiserBesselKernel kernel = new KaiserBesselKernel(grid.cells(), geometry.width());
        table = kernel.table();
        correction = correction(kernel);
        weights = AngleWeights.rounded(geometry.angles());
    }

    private float[] correction(KaiserBesselKernel kernel) {
        int half = geometry.width() / 2;
        float[] values = new float[2 * half + 1];
        for (int i = 0; i < values.length; i++) {
            int sign = (i - half) % 2 == 0 ? 1 : -1;
            values[i] = (float) (sign / kernel.rolloff(i - half));
        }
        return values;
    }

    /** The correction of pixels this far from the axis, to either side. */
    float correction(int distance) {
        return correction[distance + geometry.width() / 2];
    }

    float weight(int projection) {
        return weights[projection];
    }

    @Override
    public long workspaceBytes(int threads) {
        return FourierWorkspace.bytes(this, threads);
    }

    @Override
    public Workspace newWorkspace(Team team) {
        return new FourierWorkspace(this, team);
    }
}
