package io.kiln.tomography;

import io.kiln.pipeline.Parameter;
import io.kiln.tomography.reconstruction.Amplitude;
import io.kiln.tomography.reconstruction.FbpFilter;
import io.kiln.tomography.reconstruction.ReconstructionAlgorithm;
import io.kiln.volume.SampleType;
import java.util.List;

/**
 * What {@code tomo-try} and {@code tomo-full} can be told. The names are tomocupy's options; so are the defaults, save where one is a trap, which its
 * description says. Rows, columns and projections count from 0 in the scan as it is stored; ends are exclusive.
 */
public record TomographyParameters(
        @Parameter(
                title = "Axis of rotation",
                group = ParameterGroup.CENTER,
                description = "Column of the axis of rotation on the unbinned, uncropped detector, from the middle of"
                        + " column 0. Null: found automatically; tomocupy silently takes the detector's middle instead,"
                        + " which is hardly ever right.",
                standard = "null",
                unit = "px",
                minimum = 0,
                maximum = 65536)
        Double rotationAxis,

        @Parameter(
                title = "Given or found",
                group = ParameterGroup.CENTER,
                description =
                        "Who says where the axis is: rotationAxis (manual), or the scan itself by Vo's method,"
                                + " cross-checked by phase correlation (auto). Null: manual where rotationAxis is given, else auto.",
                standard = "null")
        CenterChoice rotationAxisAuto,

        @Parameter(
                title = "Width of the search",
                group = ParameterGroup.CENTER,
                description = "How far to either side of the detector's middle the automatic search begins to look;"
                        + " it looks farther when it finds the axis at the end of this range.",
                standard = "50",
                unit = "px",
                minimum = 1,
                maximum = 8192)
        double rotationAxisSearchWidth,

        @Parameter(
                title = "Row of the search",
                group = ParameterGroup.CENTER,
                description = "Where the automatic search looks: fraction of the selected rows, 0 at the first one.",
                standard = "0.5",
                minimum = 0,
                maximum = 1)
        double rotationAxisSearchRow,

        @Parameter(
                title = "Width to either side",
                group = ParameterGroup.TRY,
                description = "How far to either side of the axis a try goes, as far as there are columns.",
                standard = "50",
                unit = "px",
                minimum = 0,
                maximum = 8192)
        double centerSearchWidth,

        @Parameter(
                title = "Step between centres",
                group = ParameterGroup.TRY,
                description = "Distance between the centres of a try: centre − width, … up to before centre + width.",
                standard = "0.5",
                unit = "px",
                minimum = 0.01,
                maximum = 1000)
        double centerSearchStep,

        @Parameter(
                title = "Slices",
                group = ParameterGroup.TRY,
                description = "Which slices a try shows: fractions of the selected rows (0 the first, 1 the last) or,"
                        + " above 1, numbers of detector rows.",
                standard = "[0.5]",
                minimum = 0,
                maximum = 65535)
        List<Double> nsino,

        @Parameter(
                title = "First row",
                group = ParameterGroup.PART,
                description = "First detector row.",
                standard = "0",
                unit = "px",
                minimum = 0)
        int startRow,

        @Parameter(
                title = "End of rows",
                group = ParameterGroup.PART,
                description = "One past the last detector row. Null (tomocupy: −1): the end.",
                standard = "null",
                unit = "px",
                minimum = 1)
        Integer endRow,

        @Parameter(
                title = "First column",
                group = ParameterGroup.PART,
                description = "First detector column.",
                standard = "0",
                unit = "px",
                minimum = 0)
        int startColumn,

        @Parameter(
                title = "End of columns",
                group = ParameterGroup.PART,
                description = "One past the last detector column. Null (tomocupy: −1): the end.",
                standard = "null",
                unit = "px",
                minimum = 1)
        Integer endColumn,

        @Parameter(
                title = "First projection",
                group = ParameterGroup.PART,
                description = "First projection.",
                standard = "0",
                minimum = 0)
        int startProj,

        @Parameter(
                title = "End of projections",
                group = ParameterGroup.PART,
                description = "One past the last projection. Null (tomocupy: −1): the end. A scan that was broken off"
                        + " can be used by ending before what is missing.",
                standard = "null",
                minimum = 1)
        Integer endProj,

        @Parameter(
                title = "Left-out projections",
                group = ParameterGroup.PART,
                description = "Projections that are left out, by number.",
                standard = "[]",
                minimum = 0)
        List<Integer> deadFrames,

        @Parameter(
                title = "Leave out empty projections",
                group = ParameterGroup.PART,
                description =
                        "Leave out projections, too, that hold nothing: no light in the middle rows, or no numbers; without minusLog only those of no numbers.",
                standard = "true")
        boolean deadFrameDetection,

        @Parameter(
                title = "Blocked views",
                group = ParameterGroup.PART,
                description =
                        "Ranges of angles that are left out because something blocked the view: start, end, start,"
                                + " end, … (tomocupy takes them in radians).",
                standard = "[]",
                unit = "deg",
                minimum = -100000,
                maximum = 100000)
        List<Double> blockedViews,

        @Parameter(
                title = "Binning",
                group = ParameterGroup.PREPARATION,
                description = "Halvings of rows and columns: 1 adds 2 × 2 detector pixels to one, 2 adds 4 × 4, 3 adds"
                        + " 8 × 8. Columns and rows left over at the end are left out.",
                standard = "0",
                minimum = 0,
                maximum = 3)
        int binning,

        @Parameter(
                title = "Zinger removal",
                group = ParameterGroup.PREPARATION,
                description = "Width of the median, over neighbouring projections and columns, that replaces zingers; 0"
                        + " leaves them. Flats and darks are treated alike.",
                standard = "0",
                unit = "px",
                minimum = 0,
                maximum = 15)
        int dezinger,

        @Parameter(
                title = "Threshold of zingers",
                group = ParameterGroup.PREPARATION,
                description = "A value is a zinger when it exceeds the median by more than this.",
                standard = "5000",
                unit = "counts",
                minimum = 0)
        double dezingerThreshold,

        @Parameter(
                title = "Linear flat fields",
                group = ParameterGroup.PREPARATION,
                description = "Change the flat field linearly over the scan, from the mean of the first half of the"
                        + " flats to that of the second half.",
                standard = "false")
        boolean flatLinear,

        @Parameter(
                title = "Exposure of flats",
                group = ParameterGroup.PREPARATION,
                description = "Exposure time of the flats over that of the projections; the flats are divided by it.",
                standard = "1",
                minimum = 0.000001,
                maximum = 1000000)
        double brightRatio,

        @Parameter(
                title = "Negative logarithm",
                group = ParameterGroup.PREPARATION,
                description = "Take the negative logarithm of the transmission; false where the data are line integrals"
                        + " or phase already.",
                standard = "true")
        boolean minusLog,

        @Parameter(
                title = "Without flat fields",
                group = ParameterGroup.UNTOLD,
                description = "A scan without flat fields: error, or uncorrected (the flat is 1).",
                standard = "\"error\"")
        MissingFields missingFlats,

        @Parameter(
                title = "Without dark fields",
                group = ParameterGroup.UNTOLD,
                description = "A scan without dark fields: error, or uncorrected (the dark is 0).",
                standard = "\"error\"")
        MissingFields missingDarks,

        @Parameter(
                title = "Without angles",
                group = ParameterGroup.UNTOLD,
                description =
                        "A scan without angles: error, or equal-spacing from rotationStart over rotationRange, end"
                                + " point included. tomocupy silently spaces them over 180°.",
                standard = "\"error\"")
        MissingAngles missingTheta,

        @Parameter(
                title = "First angle",
                group = ParameterGroup.UNTOLD,
                description = "Angle of the first projection, where the scan does not tell.",
                standard = "0",
                unit = "deg",
                minimum = -100000,
                maximum = 100000)
        double rotationStart,

        @Parameter(
                title = "Range of angles",
                group = ParameterGroup.UNTOLD,
                description =
                        "Angle from the first to the last projection, where the scan does not tell; negative turns"
                                + " the other way.",
                standard = "180",
                unit = "deg",
                minimum = -100000,
                maximum = 100000)
        double rotationRange,

        @Parameter(
                title = "File of flat fields",
                group = ParameterGroup.UNTOLD,
                description = "HDF5 file with the flat fields, where they were recorded separately.",
                standard = "null",
                file = true)
        String flatFile,

        @Parameter(
                title = "File of dark fields",
                group = ParameterGroup.UNTOLD,
                description = "HDF5 file with the dark fields, where they were recorded separately.",
                standard = "null",
                file = true)
        String darkFile,

        @Parameter(
                title = "Algorithm",
                group = ParameterGroup.RECONSTRUCTION,
                description = "How slices are computed: fourierrec (gridding, fast) or linerec (backprojection line by"
                        + " line, slow).",
                standard = "\"fourierrec\"")
        ReconstructionAlgorithm reconstructionAlgorithm,

        @Parameter(
                title = "Filter",
                group = ParameterGroup.RECONSTRUCTION,
                description = "Window on the ramp filter.",
                standard = "\"parzen\"")
        FbpFilter fbpFilter,

        @Parameter(
                title = "Padding",
                group = ParameterGroup.RECONSTRUCTION,
                description =
                        "Binned columns by which projections are continued with their edge values on each side before"
                                + " they are filtered. Null: half the width.",
                standard = "null",
                unit = "px",
                minimum = 0,
                maximum = 65536)
        Integer padding,

        @Parameter(
                title = "Amplitude",
                group = ParameterGroup.RECONSTRUCTION,
                description =
                        "What pixels hold: the attenuation over the width of a pixel of the slice (attenuation), or"
                                + " 4/π times that, as tomocupy writes it (tomocupy).",
                standard = "\"attenuation\"")
        Amplitude amplitude,

        @Parameter(
                title = "Format",
                group = ParameterGroup.OUTPUT,
                description = "One TIFF file a slice, or one HDF5 file.",
                standard = "\"tiff\"")
        SaveFormat saveFormat,

        @Parameter(
                title = "Type of pixels",
                group = ParameterGroup.OUTPUT,
                description = "How pixels are stored; integers need windowMinimum and windowMaximum.",
                standard = "\"float32\"")
        SampleType dtype,

        @Parameter(
                title = "Lowest value",
                group = ParameterGroup.OUTPUT,
                description = "Value that integer pixels store as 0.",
                standard = "null",
                unit = "1/px")
        Double windowMinimum,

        @Parameter(
                title = "Highest value",
                group = ParameterGroup.OUTPUT,
                description = "Value that integer pixels store as their largest number.",
                standard = "null",
                unit = "1/px")
        Double windowMaximum,

        @Parameter(
                title = "Slice of the preview",
                group = ParameterGroup.OUTPUT,
                description =
                        "Number of the slice that the preview shows, as in the file's name. Null: the middle one.",
                standard = "null",
                minimum = 0,
                significant = false)
        Integer previewSlice) {

    /** @throws IllegalArgumentException when values that are fine one by one do not go together */
    public TomographyParameters {
        nsino = List.copyOf(nsino);
        deadFrames = List.copyOf(deadFrames);
        blockedViews = List.copyOf(blockedViews);
        checkCenter(rotationAxis, rotationAxisAuto);
        checkRange("Row", startRow, endRow);
        checkRange("Column", startColumn, endColumn);
        checkRange("Proj", startProj, endProj);
        checkViews(blockedViews);
        checkWindow(dtype, windowMinimum, windowMaximum);
        require(!nsino.isEmpty(), "nsino is empty, but a try needs at least one slice: give [0.5] for the middle");
        require(rotationRange != 0, "rotationRange is 0, but the angles must differ: give the scanned range");
        nsino.forEach(row -> require(
                row <= 1 || row == Math.rint(row),
                "nsino has " + row + ", but must have fractions from 0 to 1 or whole numbers of rows"));
    }

    /** True when the scan itself is to say where the axis is. */
    public boolean findsCenter() {
        return rotationAxisAuto == null ? rotationAxis == null : rotationAxisAuto == CenterChoice.AUTO;
    }

    /** Detector pixels that become one, in each direction. */
    public int pixelsPerBin() {
        return 1 << binning;
    }

    private static void checkCenter(Double axis, CenterChoice choice) {
        require(
                choice != CenterChoice.MANUAL || axis != null,
                "rotationAxisAuto is manual, but rotationAxis is missing: give the column, or auto");
        require(
                choice != CenterChoice.AUTO || axis == null,
                "rotationAxisAuto is auto, but rotationAxis is " + axis + ": leave out one of them");
    }

    private static void checkRange(String what, int start, Integer end) {
        require(
                end == null || end > start,
                "end" + what + " " + end + " is not above start" + what + " " + start + ": the range selects nothing");
    }

    private static void checkViews(List<Double> views) {
        require(
                views.size() % 2 == 0,
                "blockedViews has " + views.size() + " angles, but must have pairs: start, end, start, end, …");
        for (int i = 0; i < views.size(); i += 2) {
            require(
                    views.get(i) <= views.get(i + 1),
                    "blockedViews has a range from " + views.get(i) + " to " + views.get(i + 1)
                            + " deg, but a range must rise");
        }
    }

    private static void checkWindow(SampleType type, Double low, Double high) {
        require(
                type == SampleType.FLOAT32 || low != null && high != null,
                "dtype needs windowMinimum and windowMaximum: say which values become 0 and the largest number");
        require(
                low == null || high == null || low < high,
                "windowMinimum " + low + " is not below windowMaximum " + high);
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(problem);
        }
    }
}
