package io.kiln.tomography.reconstruction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reconstructions of ellipses against their exact values. */
class ReconstructorTest {
    private static final double ATTENUATION = 0.02;

    @ParameterizedTest
    @CsvSource({
        "FOURIERREC, 128, 200, 64", "FOURIERREC, 129, 200, 60.3", "FOURIERREC, 257, 400, 140.7",
                "FOURIERREC, 300, 400, 149.5",
        "LINEREC, 128, 200, 64", "LINEREC, 129, 200, 60.3", "LINEREC, 257, 400, 140.7", "LINEREC, 300, 400, 149.5"
    })
    void aDiscComesBackWithItsAttenuationAndPlace(
            ReconstructionAlgorithm algorithm, int width, int projections, double center) {
        double radius = width * 0.15;
        double x = width * 0.12;
        double y = width * 0.2;
        ScanGeometry geometry = new ScanGeometry(width, Angles.halfCircle(projections));
        float[] slice = reconstruct(algorithm, geometry, Ellipses.disc(x, y, radius, ATTENUATION), center);

        Region inside = Region.of(slice, width, x, y, radius * 0.8);
        assertThat(inside.mean()).isEqualTo(ATTENUATION, within(0.01 * ATTENUATION));
        Region around = Region.of(slice, width, x, y, radius * 1.2);
        assertThat(around.centroidX()).isEqualTo(x, within(0.1));
        assertThat(around.centroidY()).isEqualTo(y, within(0.1));
        Region outside = Region.of(slice, width, -x, -y, radius);
        assertThat(outside.mean()).isEqualTo(0, within(0.01 * ATTENUATION));
    }

    private static float[] reconstruct(
            ReconstructionAlgorithm algorithm, ScanGeometry geometry, Ellipses phantom, double center) {
        int width = geometry.width();
        float[] slice = new float[width * width];
        Reconstructor.of(algorithm, geometry, new Filtering(FbpFilter.SHEPP, width / 2, Amplitude.ATTENUATION))
                .newWorkspace(Team.alone())
                .reconstruct(new Sinogram(phantom.sinogram(geometry, center), center), null, new Slice(slice), null);
        return slice;
    }
}
