package io.kiln.worker.bench;

import io.kiln.tomography.sample.SampleScan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Size of a scan, and a scan of that size. */
public record ScanSize(int projections, int columns, int rows) {
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,4})x([1-9][0-9]{0,4})x([1-9][0-9]{0,4})");
    private static final int LEAST = 16;

    /**
     * @param text projections, columns and rows, for example {@code 2048x2048x256}
     * @throws IllegalArgumentException when it is no size
     */
    public static ScanSize parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no size: write projections, columns and rows, such as 1024x1024x64");
        }
        ScanSize size = new ScanSize(
                Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)), Integer.parseInt(form.group(3)));
        if (size.projections < LEAST || size.columns < LEAST) {
            throw new IllegalArgumentException(
                    "'" + text + "': a scan to be measured with has at least " + LEAST + " projections and columns");
        }
        return size;
    }

    /** Column of the axis of rotation. */
    double center() {
        return columns / 2.0 + 2.5;
    }

    /** A scan of this size in the folder; one that an earlier measurement has made is used again. */
    Path scan(Path folder) throws IOException {
        Path scan = folder.resolve("scan-" + this + ".h5");
        if (!Files.exists(scan)) {
            Path aside = folder.resolve("scan-" + this + ".new");
            SampleScan.body(projections, rows, columns, center()).write(aside);
            Files.move(aside, scan, StandardCopyOption.ATOMIC_MOVE);
        }
        return scan;
    }

    @Override
    public String toString() {
        return projections + "x" + columns + "x" + rows;
    }
}
