package io.kiln.tomography;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.tomography.sample.SampleScan;
import io.kiln.volume.preview.PictureSize;
import io.kiln.volume.preview.PublishedVolume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Some rows of a scan of 20 GB, most of which is a hole in the file, in a Java of 1 GiB of heap and 1 GiB of direct buffers, as a server has them. */
class LargeScanTest {
    private static final int FIRST_ROW = 1000;
    private static final int ROWS = 16;
    private static final int FULL_ROWS = 6;

    @TempDir
    Path folder;

    @Test
    void aScanOfTwentyGigabytesStreamsThroughOneGibibyte() throws Exception {
        Path scan = folder.resolve("large.h5");
        SampleScan.body(2400, 2100, 2048, 1030.5).write(scan, FIRST_ROW, FIRST_ROW + ROWS);
        assertThat(Files.size(scan)).isGreaterThan(20_000_000_000L);
        checkSlices(scan, FULL_ROWS, 0, 2048);
        // what is read for one slice takes eight times as much
        checkSlices(scan, ROWS, 3, 256);
    }

    private void checkSlices(Path scan, int rows, int binning, int width) throws Exception {
        Path workFolder = folder.resolve("binning" + binning);
        Process java = start(scan, workFolder, rows, binning);
        String output = new String(java.getInputStream().readAllBytes());
        assertThat(java.waitFor(10, TimeUnit.MINUTES)).isTrue();
        assertThat(java.exitValue()).as(output).isZero();
        try (PublishedVolume slices = PublishedVolume.open(workFolder)) {
            assertThat(slices.slices()).isEqualTo(rows >> binning);
            assertThat(slices.size(0)).isEqualTo(new PictureSize(width, width));
        }
    }

    private static Process start(Path scan, Path workFolder, int rows, int binning) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:MaxDirectMemorySize=1g",
                "-cp",
                System.getProperty("java.class.path"),
                LargeScanTest.class.getName(),
                scan.toString(),
                workFolder.toString(),
                "{\"rotationAxis\": 1030.5, \"startRow\": " + FIRST_ROW + ", \"endRow\": " + (FIRST_ROW + rows)
                        + ", \"binning\": " + binning + "}"));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** What the small Java does. */
    public static void main(String[] arguments) throws Exception {
        PipelineTrial trial =
                new PipelineTrial(new TomoFullPipeline(), Path.of(arguments[0]), Path.of(arguments[1]), arguments[2]);
        long start = System.nanoTime();
        trial.on(2, 512L << 20).run();
        System.out.println(Map.of("slabUnits", trial.slabUnits(), "seconds", (System.nanoTime() - start) / 1e9));
    }
}
