package io.kiln.tomography;

import io.kiln.pipeline.InputRejectedException;
import io.kiln.pipeline.UnitRange;
import io.kiln.tomography.preprocessing.DetectorRegion;
import io.kiln.tomography.preprocessing.ReferenceFields;
import io.kiln.tomography.scan.ReferenceImages;
import io.kiln.tomography.scan.Scan;
import io.kiln.tomography.scan.ScanFiles;
import io.kiln.tomography.scan.ScanSpool;
import io.kiln.volume.spool.SpoolLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Opens a scan as its parameters say, and decompresses what is needed of it into the work folder where that pays. */
final class ScanAccess {
    /** Data whose blocks span more rows than this are decompressed once rather than once a slab. */
    private static final int ROWS_WITHOUT_SPOOL = 8;

    private ScanAccess() {}

    /** @throws InputRejectedException when it is no scan, or lacks flats or darks that nobody said it may lack */
    static Scan open(Path input, TomographyParameters parameters) throws IOException {
        ScanFiles files = ScanFiles.of(input);
        if (parameters.flatFile() != null) {
            files = files.withFlats(input.resolveSibling(parameters.flatFile()));
        }
        if (parameters.darkFile() != null) {
            files = files.withDarks(input.resolveSibling(parameters.darkFile()));
        }
        Scan scan = Scan.open(files);
        boolean done = false;
        try {
            requireFields(scan.flats(), parameters.missingFlats(), "flat", "data_white", files.flats());
            requireFields(scan.darks(), parameters.missingDarks(), "dark", "data_dark", files.darks());
            done = true;
            return scan;
        } finally {
            if (!done) {
                scan.close();
            }
        }
    }

    private static void requireFields(
            Optional<ReferenceImages> images, MissingFields missing, String kind, String dataset, Path file) {
        if (missing == MissingFields.ERROR && ReferenceFields.present(images).isEmpty()) {
            String capital = Character.toUpperCase(kind.charAt(0)) + kind.substring(1);
            throw new InputRejectedException(file + " has no " + kind + " fields (/exchange/" + dataset + "): give "
                    + kind + "File, or set missing" + capital + "s to uncorrected to go on without");
        }
    }

    /** The same scan, read from decompressed copies where it is stored in blocks. Closing the result closes both. */
    static Scan spooled(
            Scan scan, Path workFolder, ProjectionSelection selection, DetectorRegion region, SpoolLimits limits)
            throws IOException, InterruptedException {
        if (!scan.isSpoolAdvised(ROWS_WITHOUT_SPOOL)) {
            return scan;
        }
        Path folder = Files.createDirectories(spoolFolder(workFolder));
        return scan.spooled(
                folder,
                selection.window(region.fromColumn(), region.toColumn()),
                new UnitRange(region.fromRow(), region.toRow()),
                limits);
    }

    /** Removes decompressed copies, where there are any. */
    static void deleteSpool(Path workFolder) throws IOException {
        Path folder = spoolFolder(workFolder);
        if (Files.exists(folder)) {
            ScanSpool.delete(folder);
            Files.delete(folder);
        }
    }

    private static Path spoolFolder(Path workFolder) {
        return workFolder.resolve("spool");
    }
}
