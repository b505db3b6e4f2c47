package io.kiln.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kiln.integration.Patience;
import io.kiln.tomography.sample.SampleScan;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A folder with one scan, and where Kiln publishes what it reconstructs from it. */
record ScanFolder(Path folder) {
    /** Column of the scan's axis. */
    static final double CENTER = 135.5;

    /** Slices of the scan. */
    static final int SLICES = 64;

    /** Column of the small scan's axis. */
    static final double SMALL_CENTER = 33;

    /** Slices of the small scan. */
    static final int SMALL_SLICES = 32;

    /** Columns of the small scan. */
    static final int SMALL_COLUMNS = 64;

    /** Makes the folder and writes a scan into it, of so many projections that there is time to disturb who reconstructs it. */
    static ScanFolder create(Path folder) throws IOException {
        ScanFolder made = new ScanFolder(Files.createDirectories(folder));
        SampleScan.body(960, SLICES, 256, CENTER).write(made.scan());
        return made;
    }

    /** Makes the folder and writes a scan into it that is small enough for simulated GPUs. */
    static ScanFolder small(Path folder) throws IOException {
        ScanFolder made = new ScanFolder(Files.createDirectories(folder));
        SampleScan.body(60, SMALL_SLICES, SMALL_COLUMNS, SMALL_CENTER).write(made.scan());
        return made;
    }

    /** Another folder with the same scan, which takes no space. */
    ScanFolder again(String name) throws IOException {
        ScanFolder made = new ScanFolder(Files.createDirectories(folder.resolveSibling(name)));
        Files.createLink(made.scan(), scan());
        return made;
    }

    Path scan() {
        return folder.resolve("scan.h5");
    }

    /** Where outputs of the folder's scans go; work folders, too. */
    Path outputs() {
        return folder.resolveSibling(folder.getFileName() + "_rec");
    }

    /** Work folders go after their run has been completed. */
    void awaitNoWorkFolders() {
        await().atMost(Patience.LIMIT)
                .untilAsserted(() -> assertThat(outputs()).isDirectoryNotContaining("glob:**/.kiln-*"));
    }

    /** When a slice was last written, in a work folder or in its place. */
    Instant lastWrite() throws IOException {
        try (Stream<Path> files = Files.walk(outputs())) {
            return files.filter(file -> file.toString().endsWith(".tiff"))
                    .map(file -> file.toFile().lastModified())
                    .max(Comparator.naturalOrder())
                    .map(Instant::ofEpochMilli)
                    .orElseThrow();
        }
    }

    /** What the published metadata say of the run's attempts. */
    List<JsonObject> attempts() throws IOException {
        try (JsonReader json =
                Json.createReader(Files.newBufferedReader(outputs().resolve("scan_rec/recon.json")))) {
            return json.readObject()
                    .getJsonObject("run")
                    .getJsonObject("timings")
                    .getJsonArray("attempts")
                    .getValuesAs(JsonObject.class);
        }
    }

    /** Names and digests of the published slices. */
    SortedMap<String, String> slices() throws IOException {
        SortedMap<String, String> digests = new TreeMap<>();
        try (Stream<Path> files = Files.list(outputs().resolve("scan_rec"))) {
            files.filter(file -> file.toString().endsWith(".tiff"))
                    .forEach(file -> digests.put(file.getFileName().toString(), digest(file)));
        }
        return digests;
    }

    private static String digest(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
