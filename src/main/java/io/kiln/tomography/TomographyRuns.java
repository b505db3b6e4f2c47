package io.kiln.tomography;

import io.kiln.device.Device;
import io.kiln.pipeline.Completion;
import io.kiln.pipeline.InputRejectedException;
import io.kiln.pipeline.OutputName;
import io.kiln.pipeline.PipelineName;
import io.kiln.pipeline.Plan;
import io.kiln.pipeline.PlanRequest;
import io.kiln.pipeline.SlabWork;
import io.kiln.volume.preview.PublishedVolume;
import io.kiln.volume.spool.SpoolLimits;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the two pipelines of tomography have in common. */
final class TomographyRuns {
    /** Slices are reconstructed in pairs. */
    private static final int ALIGNMENT = 2;

    private static final int LARGEST_PREVIEW_PIXELS = 2048;

    private TomographyRuns() {}

    static Plan plan(PlanRequest request, TomographyParameters parameters, boolean isTry)
            throws IOException, InterruptedException {
        TomographyPlan plan = new ScanInspection(request, parameters, isTry).inspect();
        checkPreview(plan, isTry);
        // here alone: a lane that finds nothing must not take a new, empty file for what was computed
        OutputImages.create(plan, request.workFolder(), OutputImages.hdf5Name(request.input()));
        return new Plan(plan.units(), ALIGNMENT, isTry ? "image" : "slice", OutputImages.bytes(plan), plan.json());
    }

    private static void checkPreview(TomographyPlan plan, boolean isTry) {
        Integer preview = plan.parameters().previewSlice();
        int first = plan.firstSlice();
        if (!isTry && preview != null && (preview < first || preview >= first + plan.slices())) {
            throw new InputRejectedException("previewSlice is " + preview + ", but the slices are " + first + " to "
                    + (first + plan.slices() - 1) + ": choose one of them");
        }
    }

    static SlabWork<?> open(Plan plan, Path input, Path workFolder, Device device) throws IOException {
        DeviceWorks works = DeviceWorks.of(device);
        TomographyPlan settled = TomographyPlan.of(plan.details());
        SliceSource source = open(settled, input, workFolder, works.spoolLimits());
        OutputImages output = null;
        SlabWork<?> work = null;
        try {
            output = OutputImages.open(settled, workFolder, OutputImages.hdf5Name(input));
            work = works.work(settled, source, output);
            return work;
        } finally {
            if (work == null) {
                source.close();
                if (output != null) {
                    output.close();
                }
            }
        }
    }

    private static SliceSource open(TomographyPlan plan, Path input, Path workFolder, SpoolLimits limits)
            throws IOException {
        try {
            return SliceSource.open(plan, input, workFolder, limits);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the scan was opened");
        }
    }

    static void complete(PipelineName name, Plan plan, OutputName output, Path workFolder, Completion completion)
            throws IOException {
        TomographyPlan settled = TomographyPlan.of(plan.details());
        ScanAccess.requireUnchanged(settled);
        ScanAccess.deleteSpool(workFolder);
        if (output.form() == OutputName.Form.FILE) {
            nameVolume(workFolder, inWorkFolder(output.path(), workFolder));
        }
        OutputImages.requireWhole(settled, workFolder, name(output.path()));
        writePreview(settled, output, workFolder);
        RunRecord.write(inWorkFolder(output.metadataPath(), workFolder), name, settled, completion);
    }

    /** Only now is it known what the file is called: outputs of one scan with other parameters are numbered. */
    private static void nameVolume(Path workFolder, Path named) throws IOException {
        if (Files.exists(named)) {
            return;
        }
        try (DirectoryStream<Path> volumes = Files.newDirectoryStream(workFolder, "*.h5")) {
            for (Path volume : volumes) {
                Files.move(volume, named);
            }
        }
    }

    private static Path inWorkFolder(String path, Path workFolder) {
        return workFolder.resolve(name(path));
    }

    private static String name(String path) {
        return Path.of(path).getFileName().toString();
    }

    private static void writePreview(TomographyPlan plan, OutputName output, Path workFolder) throws IOException {
        Path volume = output.form() == OutputName.Form.FILE ? inWorkFolder(output.path(), workFolder) : workFolder;
        try (PublishedVolume images = PublishedVolume.open(volume)) {
            byte[] png =
                    images.picture(previewUnit(plan), LARGEST_PREVIEW_PIXELS).png();
            Files.write(inWorkFolder(output.previewPath(), workFolder), png);
        }
    }

    /** The chosen slice, else the middle one; of a try the image at the middle of the centres. */
    private static int previewUnit(TomographyPlan plan) {
        Integer chosen = plan.parameters().previewSlice();
        if (!plan.isTry()) {
            return chosen == null ? plan.slices() / 2 : chosen - plan.firstSlice();
        }
        int centers = plan.centersPerSlice();
        int slices = plan.images().size() / centers;
        return slices / 2 * centers + centers / 2;
    }
}
