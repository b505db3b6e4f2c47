package io.kiln.tomography;

import static io.kiln.tomography.Agreement.assertAgrees;

import io.kiln.device.cuda.SimulatedGpus;
import io.kiln.tomography.Agreement.Case;
import io.kiln.tomography.reconstruction.FbpFilter;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reconstruction by gridding on a GPU agrees with the processor's. */
@SimulatedGpus
class CudaGriddingTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("io.kiln.tomography.Agreement#scans")
    void griddingAgreesWithTheProcessor(Case each) throws Exception {
        assertAgrees(
                folder, new TomoFullPipeline(), each, "'reconstructionAlgorithm': 'fourierrec', 'fbpFilter': 'ramp'");
    }

    @ParameterizedTest
    @EnumSource(FbpFilter.class)
    void everyFilterAgreesWithTheProcessor(FbpFilter filter) throws Exception {
        String name = filter.name().toLowerCase(Locale.ROOT);
        Case each = new Case(name, DiscScan.of(40, 2, 32, 15), "'rotationAxis': 15.6");
        assertAgrees(folder, new TomoFullPipeline(), each, "'fbpFilter': '" + name + "'");
    }

    /** Cells far from the origin are gathered otherwise than those near it. */
    @Test
    void aWiderSliceAgreesWithTheProcessor() throws Exception {
        Case each = new Case("wide", DiscScan.of(200, 2, 180, 88), "'rotationAxis': 88.8");
        assertAgrees(folder, new TomoFullPipeline(), each, "'fbpFilter': 'ramp'");
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 1.3})
    void triesAgreeWithTheProcessor(double step) throws Exception {
        assertAgrees(folder, new TomoTryPipeline(), Case.ofATry(step), "'reconstructionAlgorithm': 'fourierrec'");
    }
}
