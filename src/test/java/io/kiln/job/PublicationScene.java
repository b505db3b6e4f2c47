package io.kiln.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kiln.device.DeviceId;
import io.kiln.pipeline.FileIdentity;
import io.kiln.pipeline.InputIdentity;
import io.kiln.pipeline.OutputName;
import io.kiln.pipeline.OutputName.Form;
import io.kiln.pipeline.PipelineName;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/** Runs whose outputs are computed and can be published, in a folder that is quick, and what became of them. */
abstract class PublicationScene {
    private static final Path MEMORY_FILE_SYSTEM = Path.of("/dev/shm");
    static final Runnable NOTHING = () -> {};

    @TempDir(factory = InMemory.class)
    Path folder;

    @TempDir
    Path otherFolder;

    private Path scratch;
    final RunId oldRun = RunId.random();
    final RunId run = RunId.random();

    /** Forcing thousands of small changes to a disk would be all that these tests do. */
    static class InMemory implements TempDirFactory {
        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context) throws IOException {
            return Files.isWritable(MEMORY_FILE_SYSTEM)
                    ? Files.createTempDirectory(MEMORY_FILE_SYSTEM, "kiln-test-")
                    : Files.createTempDirectory("kiln-test-");
        }
    }

    Path output() {
        return folder.resolve("out_rec");
    }

    Path placeOf(Assignment assignment) {
        return assignment.placement().target();
    }

    /** A run whose output is computed, beside an earlier one where there is one. */
    Assignment onceAgain(Form form, boolean onScratch, boolean hasOld) throws IOException {
        if (hasOld) {
            publish(computed(oldRun, form, false, false), new DurableFiles());
        }
        return computed(run, form, onScratch, false);
    }

    Assignment computed(RunId id, Form form, boolean onScratch, boolean force) throws IOException {
        OutputName name = new OutputName(form == Form.FOLDER ? "scan_rec" : "scan_rec.h5", form);
        Path work = (onScratch ? scratch() : output()).resolve(RunFolders.PREFIX + id);
        Assignment assignment = new Assignment(
                new Attempt(id, 1),
                new PipelineName("arithmetic"),
                folder.resolve("scan"),
                new InputIdentity(new FileIdentity(1, Instant.EPOCH), Map.of()),
                JsonValue.EMPTY_JSON_OBJECT,
                List.of(new DeviceId("cpu0")),
                new Placement(work, output(), name, force),
                JsonValue.EMPTY_JSON_OBJECT);
        Path folders = Files.createDirectories(new RunFolders(assignment).work());
        if (form == Form.FOLDER) {
            Files.writeString(folders.resolve("recon_00000.tiff"), id.toString());
            Files.writeString(folders.resolve("recon_00001.tiff"), id.toString());
        } else {
            Files.writeString(folders.resolve("scan_rec.h5"), id.toString());
        }
        return assignment;
    }

    /** A folder on another file system than the output's. */
    Path scratch() throws IOException {
        boolean isOther = !Files.getFileStore(otherFolder).equals(Files.getFileStore(folder));
        assumeTrue(isOther, "there is no second file system at " + MEMORY_FILE_SYSTEM);
        scratch = otherFolder;
        return scratch;
    }

    static void complete(Path work, RunId id, Form form) throws IOException {
        String metadata = "{\"run\": {\"id\": \"" + id + "\"}}";
        Files.writeString(work.resolve(form == Form.FOLDER ? "recon.json" : "scan_rec.json"), metadata);
        Files.writeString(work.resolve(form == Form.FOLDER ? "preview.png" : "scan_rec.png"), id.toString());
    }

    static void publish(Assignment assignment, DurableFiles files) throws IOException {
        RunId id = assignment.attempt().run();
        Publication publication = new Publication(assignment, files);
        publication.publish(
                work -> complete(work, id, assignment.placement().output().form()), NOTHING, NOTHING);
        publication.removeFolders();
    }

    /** False where there were not so many changes to be crashed in. */
    static boolean crashes(Assignment assignment, int changes) throws IOException {
        try {
            publish(assignment, new CrashingFiles(changes));
            return false;
        } catch (CrashingFiles.Crash crash) {
            return true;
        }
    }

    void assertOldOrNewIsWhole(Assignment assignment, Form form, boolean hasOld, int crash) throws IOException {
        RunFolders folders = new RunFolders(assignment);
        boolean newIsWhole = isWhole(placeOf(assignment), form, run)
                || !hasOld && isOnItsWay(assignment, form)
                || isWhole(named(folders.whole(), form), form, run)
                || isWhole(named(folders.arrived(), form), form, run)
                || Files.exists(folders.work());
        boolean oldIsWhole = isWhole(placeOf(assignment), form, oldRun)
                || isWhole(folders.aside().resolve(placeOf(assignment).getFileName()), form, oldRun)
                || isWhole(folders.old().resolve(placeOf(assignment).getFileName()), form, oldRun);
        assertThat(newIsWhole || hasOld && oldIsWhole)
                .as("after crash %s one is whole", crash)
                .isTrue();
        assertThat(newIsWhole || !Files.exists(folders.work())).isTrue();
        assertMetadataBelongsToItsFile(assignment, form, crash);
    }

    /** Where nothing is replaced the parts of a file output may be found in two places: some are in already. */
    static boolean isOnItsWay(Assignment assignment, Form form) {
        return form == Form.FILE
                && Stream.of("scan_rec.h5", "scan_rec.json", "scan_rec.png")
                        .allMatch(part -> Files.exists(
                                        assignment.placement().outputFolder().resolve(part))
                                || Files.exists(
                                        new RunFolders(assignment).arrived().resolve(part)));
    }

    static Path named(Path parent, Form form) {
        return form == Form.FOLDER ? parent : parent.resolve("scan_rec.h5");
    }

    static void assertMetadataBelongsToItsFile(Assignment assignment, Form form, int crash) throws IOException {
        Path file = assignment.placement().target();
        Path metadata = assignment.placement().outputFolder().resolve("scan_rec.json");
        if (form == Form.FILE && Files.exists(file) && Files.exists(metadata)) {
            assertThat(Files.readString(metadata)).as("after crash %s", crash).contains(Files.readString(file));
        }
    }

    static boolean isWhole(Path output, Form form, RunId id) throws IOException {
        for (String part : form == Form.FOLDER
                ? List.of("recon_00000.tiff", "recon_00001.tiff", "recon.json", "preview.png")
                : List.of("scan_rec.h5", "scan_rec.json", "scan_rec.png")) {
            Path file = form == Form.FOLDER ? output.resolve(part) : output.resolveSibling(part);
            if (!Files.exists(file) || !Files.readString(file).contains(id.toString())) {
                return false;
            }
        }
        return true;
    }

    String versionAt(Path place, Form form) throws IOException {
        for (RunId id : List.of(oldRun, run)) {
            if (isWhole(place, form, id)) {
                return id.toString();
            }
        }
        return "none";
    }

    static Path foreign(Path place, Form form) {
        return form == Form.FOLDER ? place.resolve("recon_00000.tiff") : place;
    }

    static void makeForeign(Path place, Form form) throws IOException {
        Files.createDirectories(foreign(place, form).getParent());
        Files.writeString(foreign(place, form), "by hand");
    }

    List<Path> leftovers() throws IOException {
        try (Stream<Path> children = Files.list(output())) {
            List<Path> beside = children.filter(
                            child -> child.getFileName().toString().startsWith(".kiln"))
                    .toList();
            if (scratch == null) {
                return beside;
            }
            try (Stream<Path> onScratch = Files.list(scratch)) {
                return Stream.concat(beside.stream(), onScratch).toList();
            }
        }
    }
}
