package io.kiln.api.pictures;

import io.kiln.api.problem.Problem;
import io.kiln.api.problem.ProblemException;
import io.kiln.api.problem.ProblemType;
import io.kiln.picture.Histogram;
import io.kiln.picture.PictureSource;
import io.kiln.picture.Pictures;
import io.kiln.picture.Plane;
import io.kiln.picture.ProjectionKind;
import io.kiln.root.DataRootService;
import io.kiln.run.Run;
import io.kiln.run.RunService;
import io.kiln.security.RoleName;
import io.kiln.volume.preview.GreyPicture;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Looking at runs' outputs and at any image or HDF5 file in a data root. Nothing is loaded as a whole. */
@Path("/pictures")
@RequestScoped
@Tag(name = "pictures")
@RolesAllowed({RoleName.VIEWER, RoleName.OPERATOR, RoleName.ADMIN})
public class PictureResource {
    /** A picture of a version that was named stays what it is; that long it is not even asked for again. */
    private static final int KEPT_SECONDS = 600;

    @Inject
    private Pictures pictures;

    @Inject
    private RunService runs;

    @Inject
    private DataRootService roots;

    @Context
    private Request request;

    @BeanParam
    private PictureQuery query;

    @QueryParam("version")
    @Parameter(description = "the version that was described; a picture of another one is refused (409)")
    private String version;

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Describe what can be looked at: datasets, shape, element type, unit")
    public PictureBody describe() {
        PictureSource source = query.source(runs, roots);
        String unit = query.run(runs).map(PictureResource::unit).orElse(null);
        return PictureBody.of(source.path().toString(), pictures.version(source), pictures.describe(source), unit);
    }

    /** What pixels of a run's TIFF files hold: these files cannot tell. */
    private static String unit(Run run) {
        String type = run.parameters().getString("dtype", "");
        return type.isEmpty() ? null : type.equals("float32") ? "1/px" : "grey value";
    }

    @GET
    @Path("/slice.png")
    @Produces("image/png")
    @Operation(summary = "See one image, or a part of it, in grey")
    @APIResponse(
            responseCode = "200",
            description =
                    "the picture; Kiln-Pixels holds its width, its height and how many rows and columns a pixel is the mean of")
    @APIResponse(responseCode = "304", description = "it is still the one with the tag of If-None-Match")
    public Response png(
            @BeanParam PlaneQuery plane,
            @Parameter(description = "the value that is black; without it a window that fits") @QueryParam("min")
                    Double black,
            @Parameter(description = "the value that is white") @QueryParam("max") Double white) {
        if (black == null != (white == null) || black != null && !(black < white)) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST,
                    "min is " + black + " and max is " + white + "; give both, the second one larger, or neither");
        }
        return answer(plane, "png," + black + "," + white, picture -> {
            Histogram window = black == null ? Histogram.of(picture.values(), 1) : null;
            return new GreyPicture(picture.width(), picture.height(), picture.values())
                    .png(window == null ? black : window.low(), window == null ? white : window.high());
        });
    }

    @GET
    @Path("/slice.f32")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @Operation(summary = "Get the values of one image, or a part of it: 32-bit floats, little-endian, row by row")
    @APIResponse(
            responseCode = "200",
            description =
                    "width × height floats; Kiln-Pixels holds both, and how many rows and columns a value is the mean of")
    @APIResponse(responseCode = "304", description = "they are still those with the tag of If-None-Match")
    public Response values(@BeanParam PlaneQuery plane) {
        return answer(plane, "f32", Plane::bytes);
    }

    @GET
    @Path("/histogram")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Count the values of one image, or a part of it, and find a window that fits")
    @APIResponseSchema(Histogram.class)
    public Response histogram(
            @BeanParam PlaneQuery plane,
            @Parameter(description = "parts from the least to the largest value")
                    @QueryParam("bins")
                    @DefaultValue("256")
                    int bins) {
        return answer(plane, "histogram," + bins, picture -> Histogram.of(picture.values(), bins));
    }

    /** What an answer holds of a picture. */
    @FunctionalInterface
    private interface Form {
        Object of(Plane picture);
    }

    private Response answer(PlaneQuery query, String form, Form entity) {
        PictureSource source = this.query.source(runs, roots);
        requireVersion(source);
        EntityTag tag =
                new EntityTag((query.isImage() ? pictures.version(source, query.index()) : pictures.version(source))
                        + "-" + Integer.toHexString((query.text() + form).hashCode()));
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        if (unchanged != null) {
            return unchanged.cacheControl(caching()).tag(tag).build();
        }
        Plane picture = query.projection()
                .map(kind -> projection(source, query, kind))
                .orElseGet(() -> pictures.plane(source, query.request(), query.corrected()));
        return Response.ok(entity.of(picture))
                .tag(tag)
                .cacheControl(caching())
                .header(
                        "Kiln-Pixels",
                        picture.width() + " " + picture.height() + " " + picture.rowsPerPixel() + " "
                                + picture.columnsPerPixel())
                .build();
    }

    private void requireVersion(PictureSource source) {
        if (version == null) {
            return;
        }
        String now = pictures.version(source);
        if (!version.equals(now)) {
            throw new ProblemException(Problem.wrongState(
                    "CHANGED",
                    source.path() + " has changed since it was described: GET /api/pictures describes it anew"));
        }
    }

    private CacheControl caching() {
        CacheControl caching = new CacheControl();
        caching.setPrivate(true);
        caching.setNoTransform(false);
        if (version == null) {
            caching.setNoCache(true);
        } else {
            caching.setMaxAge(KEPT_SECONDS);
        }
        return caching;
    }

    private Plane projection(PictureSource source, PlaneQuery query, ProjectionKind kind) {
        return pictures.projection(source, kind, query.region(), query.size())
                .orElseThrow(() -> new ProblemException(Problem.wrongState(
                        "NOT_COMPUTED",
                        "the projections are not computed yet: GET /api/pictures/projections does that")));
    }

    @GET
    @Path("/projections")
    @Produces("application/x-ndjson")
    @Operation(
            summary = "Compute the mean, maximum, minimum and standard deviation along a stack",
            description =
                    "Answers lines of JSON, {\"done\": …, \"total\": …}, the last of which has both alike; 0 of 0 while another stack"
                            + " goes first. It ends when the caller goes. What was computed is kept for a while.")
    @APIResponse(
            responseCode = "200",
            description = "how far it is, line by line; a line {\"problem\": …} where it failed")
    public Response project() {
        PictureSource source = query.source(runs, roots);
        pictures.describe(source);
        StreamingOutput lines = body -> new ProgressAnswer(body).follow(progress -> pictures.project(source, progress));
        return Response.ok(lines).build();
    }
}
