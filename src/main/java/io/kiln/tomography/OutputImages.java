package io.kiln.tomography;

import io.kiln.pipeline.UnitRange;
import io.kiln.volume.ArrayShape;
import io.kiln.volume.Samples;
import io.kiln.volume.VolumeWriter;
import io.kiln.volume.hdf5.Hdf5Volume;
import io.kiln.volume.tiff.TiffStack;
import java.io.IOException;
import java.nio.ByteBuffer;
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

    /** Opens them for writing; an HDF5 file is made if it is not there. */
    static OutputImages open(TomographyPlan plan, Path workFolder, Path input) throws IOException {
        return new OutputImages(writer(plan, workFolder, input), plan.pixels());
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

    private static VolumeWriter writer(TomographyPlan plan, Path workFolder, Path input) throws IOException {
        TomographyParameters parameters = plan.parameters();
        Samples samples = TomographyPlan.samples(parameters);
        int width = plan.width();
        if (plan.isTry()) {
            return new TiffStack(workFolder, unit -> tryName(plan, unit), width, width, samples);
        }
        if (parameters.saveFormat() == SaveFormat.TIFF) {
            int first = plan.firstSlice();
            return new TiffStack(
                    workFolder,
                    unit -> String.format(Locale.ROOT, "recon_%05d.tiff", first + unit),
                    width,
                    width,
                    samples);
        }
        return Hdf5Volume.open(
                workFolder.resolve(hdf5Name(input)),
                new ArrayShape(plan.slices(), width, width),
                samples,
                attributes(parameters));
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
