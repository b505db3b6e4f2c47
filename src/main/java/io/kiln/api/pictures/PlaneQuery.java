package io.kiln.api.pictures;

import io.kiln.api.problem.ProblemException;
import io.kiln.api.problem.ProblemType;
import io.kiln.picture.Axis;
import io.kiln.picture.PlaneRequest;
import io.kiln.picture.ProjectionKind;
import io.kiln.picture.Region;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** Which picture of a stack is wanted. */
public class PlaneQuery {
    @QueryParam("axis")
    @DefaultValue("0")
    @Parameter(description = "the axis that the picture stands on: 0 for images as they are stored, 1 for sinograms, 2")
    private int axis;

    @QueryParam("index")
    @DefaultValue("0")
    @Parameter(description = "its number along the axis, from 0")
    private int index;

    @QueryParam("projection")
    @Parameter(
            description = "instead of one image: mean, maximum, minimum or deviation of all; see /pictures/projections")
    private String projection;

    @QueryParam("x")
    @Parameter(description = "first column of a part; x, y, width and height go together")
    private Integer x;

    @QueryParam("y")
    @Parameter(description = "first row of a part")
    private Integer y;

    @QueryParam("width")
    @Parameter(description = "columns of a part")
    private Integer width;

    @QueryParam("height")
    @Parameter(description = "rows of a part")
    private Integer height;

    @QueryParam("size")
    @DefaultValue("1024")
    @Parameter(
            description = "most pixels along an edge, at most " + PlaneRequest.LARGEST
                    + "; larger pictures are made smaller by a whole factor")
    private int size;

    @QueryParam("corrected")
    @DefaultValue("false")
    @Parameter(description = "turn the counts of a scan into transmission by its flats and darks")
    private boolean corrected;

    PlaneRequest request() {
        return new PlaneRequest(Axis.of(axis), index, region(), size);
    }

    int index() {
        return index;
    }

    /** Whether an image of the stack itself is looked at. */
    boolean isImage() {
        return projection == null && axis == 0;
    }

    int size() {
        return size;
    }

    boolean corrected() {
        return corrected;
    }

    Optional<Region> region() {
        long given = Arrays.asList(x, y, width, height).stream()
                .filter(value -> value != null)
                .count();
        if (given != 0 && given != 4) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST,
                    "x is " + x + ", y " + y + ", width " + width + " and height " + height
                            + "; give all of them, or none for the whole picture");
        }
        return given == 0 ? Optional.empty() : Optional.of(new Region(x, y, width, height));
    }

    Optional<ProjectionKind> projection() {
        if (projection == null) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(ProjectionKind.values())
                .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(projection))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        ProblemType.INVALID_REQUEST,
                        "projection is '" + projection + "', but must be mean, maximum, minimum or deviation")));
    }

    /** Tells pictures of one source apart. */
    String text() {
        return axis + "," + index + "," + projection + "," + x + "," + y + "," + width + "," + height + "," + size + ","
                + corrected;
    }
}
