package io.kiln.tomography.scan;

import io.kiln.pipeline.FileIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The files of a scan.
 *
 * @param data holds the projections and the angles
 * @param flats holds the flat fields; the same file as {@code data} unless they were recorded separately
 * @param darks holds the dark fields; likewise
 */
public record ScanFiles(Path data, Path flats, Path darks) {
    /** A scan in one file. */
    public static ScanFiles of(Path data) {
        return new ScanFiles(data, data, data);
    }

    public ScanFiles withFlats(Path file) {
        return new ScanFiles(data, file, darks);
    }

    public ScanFiles withDarks(Path file) {
        return new ScanFiles(data, flats, file);
    }

    /** What tells that each of the files is still the same. */
    public Map<Path, FileIdentity> identities() throws IOException {
        Map<Path, FileIdentity> identities = new LinkedHashMap<>();
        for (Path file : new Path[] {data, flats, darks}) {
            if (!identities.containsKey(file)) {
                identities.put(file, FileIdentity.of(file));
            }
        }
        return identities;
    }
}
