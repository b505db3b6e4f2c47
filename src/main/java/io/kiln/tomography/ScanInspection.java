package io.kiln.tomography;

import io.kiln.device.cpu.CpuThreads;
import io.kiln.device.cpu.ProcessMemory;
import io.kiln.pipeline.InputRejectedException;
import io.kiln.pipeline.PlanRequest;
import io.kiln.tomography.center.CenterEstimate;
import io.kiln.tomography.center.CenterSearch;
import io.kiln.tomography.center.Confidence;
import io.kiln.tomography.preprocessing.Correction;
import io.kiln.tomography.preprocessing.DeadFrameSearch;
import io.kiln.tomography.preprocessing.DetectorRegion;
import io.kiln.tomography.preprocessing.ReferenceFields;
import io.kiln.tomography.preprocessing.SinogramPreparation;
import io.kiln.tomography.reconstruction.AngleWeights;
import io.kiln.tomography.scan.Scan;
import io.kiln.volume.spool.SpoolLimits;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;

/** Opens a scan, checks it against its parameters, and settles what is automatic: dead frames, unusable pixels, the centre. */
final class ScanInspection {
    private final PlanRequest request;
    private final TomographyParameters parameters;
    private final boolean isTry;
    private final Correction correction;

    ScanInspection(PlanRequest request, TomographyParameters parameters, boolean isTry) {
        this.request = request;
        this.parameters = parameters;
        this.isTry = isTry;
        this.correction = TomographyPlan.correction(parameters);
    }

    /** @throws InputRejectedException when the scan cannot be processed with these parameters */
    TomographyPlan inspect() throws IOException, InterruptedException {
        try (Scan scan = ScanAccess.open(request.input(), parameters)) {
            ProjectionSelection selection = ProjectionSelection.of(parameters, scan);
            DetectorRegion selected = DetectorRegions.selected(parameters, scan);
            checkAxis(selected);
            DetectorRegion region = isTry ? aroundTry(selected) : selected;
            SpoolLimits limits = new SpoolLimits(request.threads(), memoryBytes(), request.stopRequested());
            // closing the copy closes the scan, and closing that again does nothing
            try (Scan copy = ScanAccess.spooled(scan, request.workFolder(), selection, region, limits)) {
                return inspect(copy.stoppable(request.stopRequested()), selection, selected, region);
            }
        }
    }

    private void checkAxis(DetectorRegion selected) {
        Double axis = parameters.rotationAxis();
        if (axis != null && (axis < selected.fromColumn() || axis > selected.toColumn() - 1)) {
            throw new InputRejectedException("rotationAxis is " + axis + ", but columns " + selected.fromColumn()
                    + " to " + (selected.toColumn() - 1)
                    + " are selected: give a column of the detector, before cropping and binning");
        }
    }

    private DetectorRegion aroundTry(DetectorRegion selected) {
        List<Integer> slices = TryImages.slices(parameters, selected);
        return DetectorRegions.around(
                selected,
                parameters,
                slices.get(0),
                slices.get(slices.size() - 1),
                DetectorRegions.searchRow(parameters, selected));
    }

    private TomographyPlan inspect(
            Scan scan, ProjectionSelection selection, DetectorRegion selected, DetectorRegion region)
            throws IOException, InterruptedException {
        // before flats, darks and the search take memory of that size; dead frames, which would make it a little
        // smaller, are not known yet
        double given = parameters.findsCenter()
                ? region.fromColumn() + (region.columns() - 1) / 2.0
                : parameters.rotationAxis();
        requireMemory(plan(selected, region, List.of(), given, JsonValue.EMPTY_JSON_OBJECT), selection, scan);
        requireMemoryOfSearch(selection, region);
        ReferenceFields fields = ReferenceFields.read(scan, region, correction);
        report(scan, selection, fields);
        goOn();
        List<Integer> dead = deadFrames(scan, selection, fields);
        ProjectionSelection used = selection.without(dead);
        goOn();
        Optional<CenterEstimate> estimate =
                parameters.findsCenter() ? Optional.of(search(scan, used, selected, fields)) : Optional.empty();
        if (estimate.isEmpty()) {
            request.log().accept("the axis of rotation is at column " + parameters.rotationAxis() + ", as given");
        }
        double unscanned = AngleWeights.unscannedDegrees(used.radians());
        if (unscanned > 0) {
            request.log()
                    .accept(String.format(
                            Locale.ROOT,
                            "%.2f of 180 degrees were not scanned: no projection stands for gaps that are much wider than those beside them",
                            unscanned));
        }
        double center = estimate.map(found -> found.vo() + region.fromColumn()).orElseGet(parameters::rotationAxis);
        TomographyPlan bare = plan(selected, region, dead, center, JsonValue.EMPTY_JSON_OBJECT);
        JsonObject findings = Json.createObjectBuilder(findings(scan, used, fields, unscanned, estimate))
                .add("slicesWithoutLight", slicesWithoutLight(bare, fields))
                .build();
        TomographyPlan plan = bare.with(findings);
        requireMemory(plan, used, scan);
        if (isTry) {
            reportCenters(plan.images(), selected, center);
        }
        return plan;
    }

    private TomographyPlan plan(
            DetectorRegion selected, DetectorRegion region, List<Integer> dead, double center, JsonObject findings) {
        return new TomographyPlan(
                request.parameters(),
                region,
                dead,
                center,
                isTry ? tryImages(selected, region, center) : List.of(),
                findings);
    }

    private void requireMemory(TomographyPlan plan, ProjectionSelection used, Scan scan) {
        SliceSizes sizes = new SliceSizes(plan, used, scan.type());
        request.devices().forEach(device -> DeviceWorks.of(device).requireMemory(plan, sizes));
    }

    /** The search's memory is not that of the slabs: it has gone again before there are any. */
    private void requireMemoryOfSearch(ProjectionSelection selection, DetectorRegion region) {
        long needed = ReferenceFields.bytes(region, correction) + CenterSearch.leastBytes(selection.count(), region);
        if (parameters.findsCenter() && needed > heapBytes()) {
            throw new InputRejectedException(
                    "searching the centre of this scan needs about " + (needed >> 20) + " MiB of the heap, of which "
                            + (heapBytes() >> 20)
                            + " MiB may be taken: give rotationAxis, crop the scan, or raise the server's memory");
        }
    }

    private long memoryBytes() {
        return Math.min(request.memoryBytes(), heapBytes());
    }

    /** Other devices' runs may be inspected at the same time. */
    private long heapBytes() {
        return request.devices().stream()
                .mapToLong(ProcessMemory::heapBytes)
                .min()
                .orElseGet(ProcessMemory::heapBytes);
    }

    private void goOn() {
        if (request.stopRequested().getAsBoolean()) {
            throw new CancellationException("inspecting the scan was stopped");
        }
    }

    private void report(Scan scan, ProjectionSelection selection, ReferenceFields fields) {
        request.log()
                .accept(request.input().getFileName() + ": " + scan.projections() + " projections of " + scan.rows()
                        + " × " + scan.columns() + " pixels, of which " + selection.count() + " projections, "
                        + fields.region().rows() + " rows and "
                        + fields.region().columns() + " columns are used");
        if (selection.looksLikeRadians()) {
            request.log()
                    .accept("the angles look like radians: /exchange/theta is in degrees; if so, correct it and queue a"
                            + " new run");
        }
        if (fields.unusablePixels() > 0) {
            request.log()
                    .accept(
                            fields.unusablePixels() + " of " + pixels(fields)
                                    + " pixels are dead, dark or not a number in flats or darks; each is interpolated along its row");
        }
        if (2L * fields.unusablePixels() > pixels(fields)) {
            request.log()
                    .accept("WARNING: that is more than half of them, and slices of rows without any usable pixel hold"
                            + " nothing: check the flats and darks (flatFile, darkFile), or select the rows and columns that"
                            + " the beam reaches");
        }
    }

    private static long pixels(ReferenceFields fields) {
        return (long) fields.region().rows() * fields.region().columns();
    }

    private List<Integer> deadFrames(Scan scan, ProjectionSelection selection, ReferenceFields fields)
            throws IOException {
        if (!parameters.deadFrameDetection()) {
            return List.of();
        }
        List<Integer> dead = new DeadFrameSearch(scan, fields, parameters.minusLog()).find(selection.numbers());
        if (!dead.isEmpty()) {
            request.log().accept(dead.size() + " projections hold nothing and are left out: " + dead);
        }
        return dead;
    }

    private CenterEstimate search(Scan scan, ProjectionSelection used, DetectorRegion selected, ReferenceFields fields)
            throws IOException, InterruptedException {
        int row = DetectorRegions.searchRow(parameters, selected);
        try (CpuThreads threads = new CpuThreads("kiln-center", request.threads())) {
            CenterEstimate found = new CenterSearch(
                            scan, fields, correction, used.numbers(), used.degrees(), used.progress())
                    .find(
                            row,
                            parameters.rotationAxisSearchWidth(),
                            threads,
                            memoryBytes() - ReferenceFields.bytes(fields.region(), correction),
                            request.stopRequested());
            request.log()
                    .accept(String.format(
                            Locale.ROOT,
                            "the axis of rotation is at column %.2f, confidence %s: %s",
                            found.vo() + fields.region().fromColumn(),
                            name(found.confidence()),
                            found.reason()));
            return found;
        }
    }

    /** Ranges of what the plan makes, by the numbers in the files' names. */
    private JsonArray slicesWithoutLight(TomographyPlan plan, ReferenceFields fields) {
        SinogramPreparation preparation = new SinogramPreparation(fields, correction, new float[0]);
        BitSet dark = new BitSet();
        plan.unitImages().stream()
                .mapToInt(TryImage::slice)
                .distinct()
                .filter(slice -> !preparation.hasLight(slice))
                .forEach(dark::set);
        JsonArray ranges = SliceRanges.json(SliceRanges.of(dark), plan.firstSlice());
        if (!dark.isEmpty()) {
            request.log()
                    .accept(dark.cardinality() + " slices have no usable pixel and hold NaN, or 0 in integer pixels: "
                            + ranges.getValuesAs(JsonObject.class).stream()
                                    .map(range -> range.getInt("from") + " to " + (range.getInt("to") - 1))
                                    .collect(Collectors.joining(", ")));
        }
        return ranges;
    }

    private void reportCenters(List<TryImage> images, DetectorRegion selected, double center) {
        double width = parameters.centerSearchWidth();
        if (center - width < selected.fromColumn() || center + width > selected.toColumn() - 1) {
            request.log()
                    .accept(String.format(
                            Locale.ROOT,
                            "the try's centres go from %.2f to %.2f: as far as the selected columns %d to %d do",
                            images.get(0).center(),
                            images.get(images.size() - 1).center(),
                            selected.fromColumn(),
                            selected.toColumn() - 1));
        }
    }

    private static String name(Confidence confidence) {
        return confidence.name().toLowerCase(Locale.ROOT);
    }

    /** The try's slices are numbered within what was selected, the plan's within the rows that it reads. */
    private List<TryImage> tryImages(DetectorRegion selected, DetectorRegion region, double center) {
        int skipped = (region.fromRow() - selected.fromRow()) / parameters.pixelsPerBin();
        List<Integer> slices = TryImages.slices(parameters, selected).stream()
                .map(slice -> slice - skipped)
                .toList();
        return TryImages.images(slices, TryImages.centers(parameters, selected, center));
    }

    private JsonObject findings(
            Scan scan,
            ProjectionSelection used,
            ReferenceFields fields,
            double unscannedDegrees,
            Optional<CenterEstimate> estimate) {
        JsonObjectBuilder files = Json.createObjectBuilder();
        scan.identities().forEach((file, identity) -> files.add(file.toString(), identity.json()));
        JsonObjectBuilder findings = Json.createObjectBuilder()
                .add("files", files)
                .add("projections", scan.projections())
                .add("rows", scan.rows())
                .add("columns", scan.columns())
                .add("type", scan.type().name().toLowerCase(Locale.ROOT))
                .add("usedProjections", used.count())
                .add("unscannedDegrees", unscannedDegrees)
                .add("unusablePixels", fields.unusablePixels());
        estimate.ifPresent(found ->
                findings.add("rotationAxisSearch", json(found, fields.region().fromColumn())));
        return findings.build();
    }

    private static JsonObject json(CenterEstimate found, int fromColumn) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("confidence", name(found.confidence()))
                .add("reason", found.reason())
                .add("vo", found.vo() + fromColumn);
        found.phaseCorrelation().ifPresent(column -> json.add("phaseCorrelation", column + fromColumn));
        return json.build();
    }
}
