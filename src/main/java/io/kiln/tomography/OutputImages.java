package io.kiln.tomography;

import io.kiln.pipeline.InputRejectedException;
import io.kiln.pipeline.UnitRange;
import io.kiln.volume.ArrayShape;
import io.kiln.volume.Samples;
import io.kiln.volume.VolumeWriter;
import io.kiln.volume.hdf5.Hdf5Volume;
import io.kiln.volume.tiff.TiffStack;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** The images of a run in its work folder, one a unit, under the names that tomocupy's users know. Thread-safe for different units. */
public final class OutputImages implements AutoCloseable {
    private final VolumeWriter writer;
    private final int pixels;

    private OutputImages(VolumeWriter writer, int pixels) {
        this.writer = writer;
        this.pixels = pixels;
    }

    /** Opens or makes the HDF5 file of a volume. */
    private interface VolumeOpening {
        VolumeWriter open(Path file, ArrayShape shape, Samples samples, Map<String, String> attributes)
                throws IOException;
    }

    /**
     * Makes what lanes write into; what is there already stays as it is.
     *
     * @param volume name of the HDF5 file, where the plan makes one
     */
    static void create(TomographyPlan plan, Path workFolder, String volume) throws IOException {
        writer(plan, workFolder, volume, Hdf5Volume::create).close();
    }

    /**
     * Opens for writing what {@link #create} has made.
     *
     * @throws InputRejectedException when it is not there any more
     */
    static OutputImages open(TomographyPlan plan, Path workFolder, String volume) throws IOException {
        try {
            return new OutputImages(writer(plan, workFolder, volume, Hdf5Volume::open), plan.pixels());
        } catch (NoSuchFileException gone) {
            throw new InputRejectedException(lost(workFolder.resolve(volume)), gone);
        }
    }

    /**
     * Sees to it that what was written of every unit is still there, as far as names and sizes tell.
     *
     * @throws InputRejectedException when something of it is gone
     */
    static void requireWhole(TomographyPlan plan, Path workFolder, String volume) throws IOException {
        if (isOneFile(plan)) {
            open(plan, workFolder, volume).close();
            return;
        }
        int bytes = TiffStack.fileBytes(plan.width(), plan.width(), TomographyPlan.samples(plan.parameters()));
        for (int unit = 0; unit < plan.units(); unit++) {
            Path file = workFolder.resolve(tiffName(plan, unit));
            if (!Files.exists(file) || Files.size(file) != bytes) {
                throw new InputRejectedException(lost(file));
            }
        }
    }

    private static String lost(Path file) {
        return file + " is gone or was cut short, and with it what was computed: queue a new run";
    }

    /**
     * Writes the images of these units; not yet durable when it returns.
     *
     * @param images one after the other, row by row
     */
    public void write(UnitRange units, float[] images) throws IOException {
        for (int unit = units.from(); unit < units.to(); unit++) {
            writer.write(unit, images, (unit - units.from()) * pixels);
        }
    }

    /**
     * Writes the image of a unit; not yet durable when it returns.
     *
     * @param pixels as {@link io.kiln.volume.Samples#encode} makes them of the plan's {@link TomographyPlan#samples samples}
     */
    public void write(int unit, ByteBuffer pixels) throws IOException {
        writer.write(unit, pixels);
    }

    /** Writes NaN, or the type's nearest, for these units; not yet durable when it returns. */
    public void writeSkipped(UnitRange units) throws IOException {
        float[] nothing = new float[pixels];
        Arrays.fill(nothing, Float.NaN);
        for (int unit = units.from(); unit < units.to(); unit++) {
            writer.write(unit, nothing, 0);
        }
    }

    /** Makes what was written for these units durable. */
    void force(UnitRange units) throws IOException {
        writer.force(units.from(), units.to());
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }

    private static VolumeWriter writer(TomographyPlan plan, Path workFolder, String volume, VolumeOpening opening)
            throws IOException {
        TomographyParameters parameters = plan.parameters();
        Samples samples = TomographyPlan.samples(parameters);
        int width = plan.width();
        return isOneFile(plan)
                ? opening.open(
                        workFolder.resolve(volume),
                        new ArrayShape(plan.slices(), width, width),
                        samples,
                        attributes(parameters))
                : new TiffStack(workFolder, unit -> tiffName(plan, unit), width, width, samples);
    }

    private static boolean isOneFile(TomographyPlan plan) {
        return !plan.isTry() && plan.parameters().saveFormat() == SaveFormat.H5;
    }

    private static String tiffName(TomographyPlan plan, int unit) {
        return plan.isTry()
                ? tryName(plan, unit)
                : String.format(Locale.ROOT, "recon_%05d.tiff", plan.firstSlice() + unit);
    }

    /** Bytes of all images together. */
    static long bytes(TomographyPlan plan) {
        Samples samples = TomographyPlan.samples(plan.parameters());
        return (long) plan.units() * TiffStack.fileBytes(plan.width(), plan.width(), samples);
    }

    /** The file of an image of a try. */
    static String tryName(TomographyPlan plan, int unit) {
        TryImage image = plan.images().get(unit);
        return String.format(
                Locale.ROOT, "recon_slice%04d_center%05.2f.tiff", plan.firstSlice() + image.slice(), image.center());
    }

    static String hdf5Name(Path input) {
        return stem(input) + "_rec.h5";
    }

    /** The input's file name without its ending. */
    static String stem(Path input) {
        String name = input.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private static Map<String, String> attributes(TomographyParameters parameters) {
        return switch (parameters.dtype()) {
            case FLOAT32 -> Map.of("axes", "z:y:x", "description", "ReconData", "units", "1/px");
            case UINT8, UINT16 ->
                Map.of(
                        "axes",
                        "z:y:x",
                        "description",
                        "ReconData",
                        "window",
                        parameters.windowMinimum() + " to " + parameters.windowMaximum() + " 1/px");
        };
    }
}
