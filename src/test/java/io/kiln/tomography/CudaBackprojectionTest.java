package io.kiln.tomography;

import static io.kiln.tomography.Agreement.assertAgrees;

import io.kiln.device.cuda.SimulatedGpus;
import io.kiln.tomography.Agreement.Case;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reconstruction by backprojection on a GPU agrees with the processor's. */
@SimulatedGpus
class CudaBackprojectionTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("io.kiln.tomography.Agreement#scans")
    void backprojectionAgreesWithTheProcessor(Case each) throws Exception {
        assertAgrees(folder, new TomoFullPipeline(), each, "'reconstructionAlgorithm': 'linerec'");
    }

    /** Lines of 64 to 16384 values, as long as they get. */
    @ParameterizedTest
    @ValueSource(ints = {16, 33, 100, 200, 400, 1000, 2000, 3000, 8000})
    void everyLengthOfLinesAgreesWithTheProcessor(int padding) throws Exception {
        Case each = new Case("padded", DiscScan.of(8, 2, 32, 15), "'rotationAxis': 15.6, 'padding': " + padding);
        assertAgrees(folder, new TomoFullPipeline(), each, "'reconstructionAlgorithm': 'linerec', 'fbpFilter': 'ramp'");
    }

    @Test
    void aTryAgreesWithTheProcessor() throws Exception {
        assertAgrees(folder, new TomoTryPipeline(), Case.ofATry(1), "'reconstructionAlgorithm': 'linerec'");
    }
}
