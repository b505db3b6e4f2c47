package io.kiln.api.pictures;

import io.kiln.api.problem.ProblemException;
import io.kiln.api.problem.ProblemType;
import io.kiln.job.RunId;
import io.kiln.picture.PictureSource;
import io.kiln.root.DataRootService;
import io.kiln.run.Run;
import io.kiln.run.RunService;
import jakarta.ws.rs.QueryParam;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** What is looked at: the output of a run, or a file or folder in a data root. */
public class PictureQuery {
    @QueryParam("run")
    @Parameter(description = "whose output is looked at; goes without path")
    private RunId run;

    @QueryParam("path")
    @Parameter(description = "a TIFF, PNG or HDF5 file, or a folder of images, in a data root; goes without run")
    private String path;

    @QueryParam("dataset")
    @Parameter(
            description = "of an HDF5 file, for example /exchange/data; without it the one that most likely is meant")
    private String dataset;

    /** @throws ProblemException when neither or both are given */
    PictureSource source(RunService runs, DataRootService roots) {
        if ((run == null) == (path == null)) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST, "run is " + run + " and path is " + path + "; give one of them");
        }
        return new PictureSource(
                run == null ? inRoot(roots) : output(runs),
                Optional.ofNullable(dataset).filter(name -> !name.isBlank()));
    }

    private Path output(RunService runs) {
        return runs.published(runs.find(run));
    }

    private Path inRoot(DataRootService roots) {
        try {
            return roots.path(roots.resolve(Path.of(path)));
        } catch (InvalidPathException e) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, "path is '" + path + "': " + e.getReason());
        }
    }

    /** The run that is looked at. */
    Optional<Run> run(RunService runs) {
        return Optional.ofNullable(run).map(runs::find);
    }
}
