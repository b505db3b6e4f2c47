package io.kiln.tomography;

import io.kiln.pipeline.FileIdentity;
import io.kiln.pipeline.ParameterRecord;
import io.kiln.tomography.preprocessing.Correction;
import io.kiln.tomography.preprocessing.DetectorRegion;
import io.kiln.tomography.reconstruction.Filtering;
import io.kiln.volume.SampleType;
import io.kiln.volume.Samples;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What inspecting a scan has settled, as it is kept with a run.
 *
 * @param resolved every parameter
 * @param region of the detector that is used; whole bins
 * @param deadFrames projections that were found to hold nothing
 * @param center column of the axis of rotation on the whole, unbinned detector
 * @param images what is made, by unit; empty for a full reconstruction, where unit and slice are the same
 * @param findings facts for people: sizes, how the centre was found, unusable pixels, what files were read
 */
public record TomographyPlan(
        JsonObject resolved,
        DetectorRegion region,
        List<Integer> deadFrames,
        double center,
        List<TryImage> images,
        JsonObject findings) {
    private static final ParameterRecord<TomographyParameters> PARAMETERS =
            ParameterRecord.of(TomographyParameters.class);

    static TomographyPlan of(JsonObject details) {
        JsonObject region = details.getJsonObject("region");
        return new TomographyPlan(
                details.getJsonObject("parameters"),
                new DetectorRegion(
                        region.getInt("fromRow"),
                        region.getInt("toRow"),
                        region.getInt("fromColumn"),
                        region.getInt("toColumn")),
                details.getJsonArray("deadFrames").getValuesAs(JsonNumber::intValueExact),
                details.getJsonNumber("rotationAxis").doubleValue(),
                details.getJsonArray("images").getValuesAs(TryImage::of),
                details.getJsonObject("findings"));
    }

    /** The same plan with these facts. */
    TomographyPlan with(JsonObject found) {
        return new TomographyPlan(resolved, region, deadFrames, center, images, found);
    }

    JsonObject json() {
        return Json.createObjectBuilder()
                .add("parameters", resolved)
                .add("rotationAxis", center)
                .add(
                        "region",
                        Json.createObjectBuilder()
                                .add("fromRow", region.fromRow())
                                .add("toRow", region.toRow())
                                .add("fromColumn", region.fromColumn())
                                .add("toColumn", region.toColumn()))
                .add("deadFrames", array(deadFrames))
                .add("images", array(images.stream().map(TryImage::json).toList()))
                .add("findings", findings)
                .build();
    }

    private static JsonArray array(Collection<?> values) {
        return Json.createArrayBuilder(values).build();
    }

    public TomographyParameters parameters() {
        return PARAMETERS.read(resolved);
    }

    /** The files that were inspected, as they were then. */
    Map<Path, FileIdentity> files() {
        Map<Path, FileIdentity> files = new LinkedHashMap<>();
        findings.getJsonObject("files")
                .forEach((file, identity) -> files.put(Path.of(file), FileIdentity.of(identity.asJsonObject())));
        return files;
    }

    static Correction correction(TomographyParameters parameters) {
        return new Correction(
                parameters.binning(),
                parameters.dezinger(),
                parameters.dezingerThreshold(),
                parameters.flatLinear(),
                parameters.brightRatio(),
                parameters.minusLog());
    }

    static Filtering filtering(TomographyParameters parameters, int width) {
        int padding = parameters.padding() == null ? width / 2 : parameters.padding();
        return new Filtering(parameters.fbpFilter(), padding, parameters.amplitude());
    }

    public static Samples samples(TomographyParameters parameters) {
        return parameters.dtype() == SampleType.FLOAT32
                ? Samples.floats()
                : new Samples(parameters.dtype(), parameters.windowMinimum(), parameters.windowMaximum());
    }

    /** Whether units are the images of a try; else they are slices. */
    public boolean isTry() {
        return !images.isEmpty();
    }

    /** How many units of work there are. */
    public int units() {
        return isTry() ? images.size() : slices();
    }

    /** Width and height of a slice, after binning. */
    public int width() {
        return region.columns() >> parameters().binning();
    }

    /** Pixels of a slice. */
    public int pixels() {
        return Math.multiplyExact(width(), width());
    }

    /** Slices of the region, after binning. */
    public int slices() {
        return region.rows() >> parameters().binning();
    }

    /** How many images each slice has: one, or those of a try. */
    public int centersPerSlice() {
        return isTry()
                ? (int) images.stream().mapToDouble(TryImage::center).distinct().count()
                : 1;
    }

    /** What each unit shows. */
    public List<TryImage> unitImages() {
        return isTry()
                ? images
                : IntStream.range(0, slices())
                        .mapToObj(slice -> new TryImage(slice, center))
                        .toList();
    }

    /** Number of the region's first slice on the whole detector, after binning. */
    int firstSlice() {
        return region.fromRow() >> parameters().binning();
    }

    /** The column of a sinogram, cropped and binned, that is at this column of the detector; both count from the middle of column 0. */
    public double binned(double column) {
        int pixels = parameters().pixelsPerBin();
        return (column - region.fromColumn() + 0.5) / pixels - 0.5;
    }
}
