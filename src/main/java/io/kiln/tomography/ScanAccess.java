package io.kiln.tomography;

import io.kiln.pipeline.FileIdentity;
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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

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

    /**
     * Checks files that are read anew, or have been read to the end.
     *
     * @throws InputRejectedException when one of them is not as it was when the scan was inspected
     */
    static void requireUnchanged(TomographyPlan plan, Map<Path, FileIdentity> found) {
        Map<Path, FileIdentity> inspected = plan.files();
        found.forEach((file, identity) -> {
            // whatever its path: it may have been moved with the root that it is in
            if (!inspected.containsValue(identity)) {
                throw new InputRejectedException(file + " changed while the run computed: when it was inspected it had "
                        + inspected.entrySet().stream()
                                .filter(entry -> !inspected.containsKey(file)
                                        || entry.getKey().equals(file))
                                .map(entry -> text(entry.getValue()))
                                .collect(Collectors.joining(" or "))
                        + ", now it has " + text(identity) + ": queue a new run when nobody writes into it any more");
            }
        });
    }

    /** Checks the files where they were inspected. One that is elsewhere by now cannot be asked; whoever read it there has checked it. */
    static void requireUnchanged(TomographyPlan plan) throws IOException {
        Map<Path, FileIdentity> found = new LinkedHashMap<>();
        for (Path file : plan.files().keySet()) {
            if (Files.exists(file)) {
                found.put(file, FileIdentity.of(file));
            }
        }
        requireUnchanged(plan, found);
    }

    private static String text(FileIdentity identity) {
        return identity.bytes() + " bytes of " + identity.modified();
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
