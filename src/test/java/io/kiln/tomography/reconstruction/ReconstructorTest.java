package io.kiln.tomography.reconstruction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Reconstructions of ellipses against their exact values, and what a result may depend on. */
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
        ScanGeometry geometry = new ScanGeometry(width, Angles.halfCircle(projections));
        assertIsDisc(algorithm, geometry, FbpFilter.SHEPP, center);
    }

    @ParameterizedTest
    @EnumSource(ReconstructionAlgorithm.class)
    void everySpacingOfAnglesGivesTheSameDisc(ReconstructionAlgorithm algorithm) {
        for (double[] angles : List.of(
                Angles.closedHalfCircle(301), Angles.fullCircle(600), Angles.fullCircle(501), Angles.irregular(400))) {
            assertIsDisc(algorithm, new ScanGeometry(160, angles), FbpFilter.RAMP, 81.25);
        }
    }

    @ParameterizedTest
    @EnumSource(FbpFilter.class)
    void noFilterChangesTheMassOfADisc(FbpFilter filter) {
        ScanGeometry geometry = new ScanGeometry(256, Angles.halfCircle(300));
        float[] slice = reconstruct(
                ReconstructionAlgorithm.FOURIERREC, geometry, filter, Ellipses.disc(5, -9, 30, ATTENUATION), 128);
        double mass = Region.of(slice, 256, 0, 0, 120).mean() * 120 * 120;
        assertThat(mass).isEqualTo(ATTENUATION * 30 * 30, within(0.03 * ATTENUATION * 30 * 30));
    }

    private static void assertIsDisc(
            ReconstructionAlgorithm algorithm, ScanGeometry geometry, FbpFilter filter, double center) {
        int width = geometry.width();
        double radius = width * 0.15;
        double x = width * 0.12;
        double y = width * 0.2;
        float[] slice = reconstruct(algorithm, geometry, filter, Ellipses.disc(x, y, radius, ATTENUATION), center);
        assertThat(Region.of(slice, width, x, y, radius * 0.8).mean())
                .isEqualTo(ATTENUATION, within(0.01 * ATTENUATION));
        Region around = Region.of(slice, width, x, y, radius * 1.2);
        assertThat(around.centroidX()).isEqualTo(x, within(0.1));
        assertThat(around.centroidY()).isEqualTo(y, within(0.1));
        assertThat(Region.of(slice, width, -x, -y, radius).mean()).isEqualTo(0, within(0.01 * ATTENUATION));
    }

    @Test
    void overlappingTiltedEllipsesComeBackEverywhere() {
        Ellipses phantom = new Ellipses(List.of(
                new Ellipses.Ellipse(0, 0, 100, 80, 0.3, 0.01),
                new Ellipses.Ellipse(20, -10, 50, 20, -0.7, 0.02),
                new Ellipses.Ellipse(-40, 15, 15, 25, 0, -0.008)));
        ScanGeometry geometry = new ScanGeometry(257, Angles.halfCircle(500));
        for (ReconstructionAlgorithm algorithm : ReconstructionAlgorithm.values()) {
            float[] slice = reconstruct(algorithm, geometry, FbpFilter.SHEPP, phantom, 120.3);
            for (double[] place : new double[][] {{20, -10}, {-40, 15}, {0, 60}, {60, 40}, {-60, -30}, {0, 110}}) {
                assertThat(Region.of(slice, 257, place[0], place[1], 5).mean())
                        .as("%s at %s", algorithm, Arrays.toString(place))
                        .isEqualTo(phantom.valueAt(place[0], place[1]), within(3e-4));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"48, RAMP, 24, 23.6", "48, PARZEN, 0, 24", "43, HANN, 100, 20.8", "42, RAMP, 21, 21.5"})
    void griddingIsFilteredBackprojectionToAThousandth(int width, FbpFilter filter, int padding, double center) {
        ScanGeometry geometry = new ScanGeometry(width, Angles.irregular(50));
        Sinogram sinogram = new Sinogram(noise(geometry, 1), center);
        Filtering filtering = new Filtering(filter, padding, Amplitude.ATTENUATION);
        int length = new ProjectionFilter(width, filtering).length();
        double[] exact = ExactBackprojection.slice(geometry, sinogram, filter, length);
        float[] slice = new float[width * width];
        Reconstructor.of(ReconstructionAlgorithm.FOURIERREC, geometry, filtering)
                .newWorkspace(Team.alone())
                .reconstruct(sinogram, null, new Slice(slice), null);
        double error = 0;
        double energy = 0;
        for (int i = 0; i < slice.length; i++) {
            error += (slice[i] - exact[i]) * (slice[i] - exact[i]);
            energy += exact[i] * exact[i];
        }
        assertThat(Math.sqrt(error / energy)).isLessThan(1.5e-3);
    }

    @ParameterizedTest
    @EnumSource(ReconstructionAlgorithm.class)
    void pixelsOutsideTheCircleAreZeroWhateverWasThere(ReconstructionAlgorithm algorithm) {
        for (int width : new int[] {2, 3, 5, 64, 65}) {
            ScanGeometry geometry = new ScanGeometry(width, Angles.halfCircle(20));
            float[] slice = new float[width * width];
            Arrays.fill(slice, Float.NaN);
            workspace(algorithm, geometry, Team.alone())
                    .reconstruct(new Sinogram(noise(geometry, 2), width / 2.0), null, new Slice(slice), null);
            for (int i = 0; i < slice.length; i++) {
                boolean inside = Math.hypot(i % width - width / 2, width / 2 - i / width) < width / 2.0;
                assertThat(slice[i] != 0).as("pixel %d of width %d", i, width).isEqualTo(inside);
                assertThat(slice[i]).isFinite();
            }
        }
    }

    static List<int[]> teams() {
        return List.of(new int[] {1, 4}, new int[] {2, 1}, new int[] {3, 2}, new int[] {8, 8});
    }

    @ParameterizedTest
    @MethodSource("teams")
    void theTeamDoesNotChangeAByte(int[] team) {
        ExecutorService executor = Executors.newFixedThreadPool(team[1]);
        try {
            for (ReconstructionAlgorithm algorithm : ReconstructionAlgorithm.values()) {
                float[][] alone = pair(algorithm, Team.alone());
                float[][] together = pair(algorithm, Team.of(team[0], executor));
                assertThat(together[0]).containsExactly(alone[0]);
                assertThat(together[1]).containsExactly(alone[1]);
            }
        } finally {
            executor.shutdown();
        }
    }

    private static float[][] pair(ReconstructionAlgorithm algorithm, Team team) {
        ScanGeometry geometry = new ScanGeometry(150, Angles.irregular(90));
        float[][] slices = new float[2][150 * 150];
        workspace(algorithm, geometry, team)
                .reconstruct(
                        new Sinogram(noise(geometry, 3), 75),
                        new Sinogram(noise(geometry, 4), 75),
                        new Slice(slices[0]),
                        new Slice(slices[1]));
        return slices;
    }

    @Test
    void simultaneousPairsOfOneReconstructorDoNotDisturbEachOther() {
        ScanGeometry geometry = new ScanGeometry(100, Angles.halfCircle(60));
        Reconstructor reconstructor =
                Reconstructor.of(ReconstructionAlgorithm.FOURIERREC, geometry, Filtering.standard(100));
        List<float[]> alone = IntStream.range(0, 16)
                .mapToObj(seed -> single(reconstructor, geometry, seed))
                .toList();
        List<float[]> together = IntStream.range(0, 16)
                .parallel()
                .mapToObj(seed -> single(reconstructor, geometry, seed))
                .toList();
        for (int seed = 0; seed < 16; seed++) {
            assertThat(together.get(seed)).containsExactly(alone.get(seed));
        }
    }

    private static float[] single(Reconstructor reconstructor, ScanGeometry geometry, int seed) {
        float[] slice = new float[geometry.width() * geometry.width()];
        reconstructor
                .newWorkspace(Team.alone())
                .reconstruct(new Sinogram(noise(geometry, seed), 50.2), null, new Slice(slice), null);
        return slice;
    }

    @ParameterizedTest
    @EnumSource(ReconstructionAlgorithm.class)
    void aPartnerWithAnotherCentreChangesNothingBeyondRounding(ReconstructionAlgorithm algorithm) {
        ScanGeometry geometry = new ScanGeometry(128, Angles.halfCircle(100));
        float[] values = noise(geometry, 5);
        float[] padded = new float[values.length + 7];
        System.arraycopy(values, 0, padded, 7, values.length);
        float[] first = new float[128 * 128];
        float[] second = new float[128 * 128 + 5];
        Workspace workspace = workspace(algorithm, geometry, Team.alone());
        workspace.reconstruct(
                new Sinogram(values, 60.5), new Sinogram(padded, 7, 66.75), new Slice(first), new Slice(second, 5));
        float[] alone = new float[128 * 128];
        workspace.reconstruct(new Sinogram(values, 60.5), null, new Slice(alone), null);
        assertThat(first).containsExactly(alone, within(2e-5f));
        workspace.reconstruct(new Sinogram(values, 66.75), null, new Slice(alone), null);
        assertThat(Arrays.copyOfRange(second, 5, second.length)).containsExactly(alone, within(2e-5f));
    }

    @ParameterizedTest
    @EnumSource(ReconstructionAlgorithm.class)
    void tomocupysAmplitudeIsFourOverPiTimesOurs(ReconstructionAlgorithm algorithm) {
        ScanGeometry geometry = new ScanGeometry(64, Angles.halfCircle(50));
        Sinogram sinogram = new Sinogram(noise(geometry, 6), 32);
        float[][] slices = new float[2][64 * 64];
        for (Amplitude amplitude : Amplitude.values()) {
            Reconstructor.of(algorithm, geometry, new Filtering(FbpFilter.HANN, 32, amplitude))
                    .newWorkspace(Team.alone())
                    .reconstruct(sinogram, null, new Slice(slices[amplitude.ordinal()]), null);
        }
        for (int i = 0; i < slices[0].length; i++) {
            assertThat((double) slices[1][i]).isEqualTo(slices[0][i] * 4 / Math.PI, within(1e-5));
        }
    }

    @Property(tries = 20)
    void reconstructionIsLinear(@ForAll @IntRange(min = 2, max = 70) int width, @ForAll int seed) {
        ScanGeometry geometry = new ScanGeometry(width, Angles.halfCircle(30));
        Workspace workspace = workspace(ReconstructionAlgorithm.FOURIERREC, geometry, Team.alone());
        float[] one = noise(geometry, seed);
        float[] other = noise(geometry, seed + 1);
        float[] sum = new float[one.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = 2 * one[i] - other[i];
        }
        float[][] slices = new float[3][width * width];
        double center = width / 2.0 + 0.3;
        workspace.reconstruct(
                new Sinogram(one, center), new Sinogram(other, center), new Slice(slices[0]), new Slice(slices[1]));
        workspace.reconstruct(new Sinogram(sum, center), null, new Slice(slices[2]), null);
        for (int i = 0; i < slices[2].length; i++) {
            assertThat(slices[2][i]).isEqualTo(2 * slices[0][i] - slices[1][i], within(5e-5f));
        }
    }

    @Test
    void whatDoesNotFitIsRejectedWithItsValue() {
        ScanGeometry geometry = new ScanGeometry(10, Angles.halfCircle(4));
        Workspace workspace = workspace(ReconstructionAlgorithm.FOURIERREC, geometry, Team.alone());
        Sinogram good = new Sinogram(new float[40], 5);
        Slice slice = new Slice(new float[100]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> workspace.reconstruct(new Sinogram(new float[39], 5), null, slice, null))
                .withMessageContaining("39");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> workspace.reconstruct(good, null, new Slice(new float[100], 1), null))
                .withMessageContaining("100");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> workspace.reconstruct(new Sinogram(new float[40], Double.NaN), null, slice, null))
                .withMessageContaining("NaN");
        assertThatIllegalArgumentException().isThrownBy(() -> workspace.reconstruct(good, good, slice, null));
        assertThatIllegalArgumentException().isThrownBy(() -> new ScanGeometry(1, new double[] {0}));
        assertThatIllegalArgumentException().isThrownBy(() -> new ScanGeometry(8, new double[0]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Filtering(FbpFilter.RAMP, -1, Amplitude.ATTENUATION))
                .withMessageContaining("-1");
    }

    private static Workspace workspace(ReconstructionAlgorithm algorithm, ScanGeometry geometry, Team team) {
        return Reconstructor.of(algorithm, geometry, Filtering.standard(geometry.width()))
                .newWorkspace(team);
    }

    private static float[] noise(ScanGeometry geometry, int seed) {
        Random random = new Random(seed);
        float[] values = new float[geometry.projections() * geometry.width()];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        return values;
    }

    private static float[] reconstruct(
            ReconstructionAlgorithm algorithm,
            ScanGeometry geometry,
            FbpFilter filter,
            Ellipses phantom,
            double center) {
        int width = geometry.width();
        float[] slice = new float[width * width];
        Reconstructor.of(algorithm, geometry, new Filtering(filter, width / 2, Amplitude.ATTENUATION))
                .newWorkspace(Team.alone())
                .reconstruct(new Sinogram(phantom.sinogram(geometry, center), center), null, new Slice(slice), null);
        return slice;
    }
}
