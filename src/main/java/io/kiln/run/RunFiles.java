package io.kiln.run;

import io.kiln.persistence.JsonColumn;
import io.kiln.pipeline.FileIdentity;
import io.kiln.pipeline.InputIdentity;
import io.kiln.pipeline.OutputName;
import io.kiln.root.Area;
import io.kiln.root.Location;
import io.kiln.root.RootId;
import jakarta.json.JsonObject;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;

/** What a run reads and where its output goes, as they were when it was queued. */
@Embeddable
class RunFiles {
    @Column(name = "input_root")
    private UUID inputRoot;

    @Column(name = "input_path")
    private String inputPath;

    @Column(name = "input_bytes")
    private long inputBytes;

    @Column(name = "input_modified")
    private Instant inputModified;

    @Convert(converter = JsonColumn.class)
    @ColumnTransformer(write = "cast(? as jsonb)")
    @Column(name = "parameter_files")
    private JsonObject parameterFiles;

    @Column(name = "output_root")
    private UUID outputRoot;

    @Enumerated(EnumType.STRING)
    @Column(name = "output_area")
    private Area outputArea;

    @Column(name = "output_folder")
    private String outputFolder;

    @Column(name = "output_name")
    private String outputName;

    @Enumerated(EnumType.STRING)
    @Column(name = "output_form")
    private OutputName.Form outputForm;

    protected RunFiles() {}

    RunFiles(RunOrder order) {
        inputRoot = order.input().root().value();
        inputPath = order.input().path();
        inputBytes = order.inputIdentity().input().bytes();
        inputModified = order.inputIdentity().input().modified();
        parameterFiles = order.inputIdentity().parameterFilesJson();
        outputRoot = order.outputFolder().root().value();
        outputArea = order.outputFolder().area();
        outputFolder = order.outputFolder().path();
        outputName = order.output().path();
        outputForm = order.output().form();
    }

    Location input() {
        return new Location(new RootId(inputRoot), Area.INSIDE, inputPath);
    }

    /** What the input was when the run was queued. */
    InputIdentity inputIdentity() {
        return InputIdentity.of(new FileIdentity(inputBytes, inputModified), parameterFiles);
    }

    Location outputFolder() {
        return new Location(new RootId(outputRoot), outputArea, outputFolder);
    }

    OutputName output() {
        return new OutputName(outputName, outputForm);
    }
}
