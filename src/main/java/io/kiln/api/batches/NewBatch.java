package io.kiln.api.batches;

import io.kiln.api.problem.ProblemException;
import io.kiln.api.problem.ProblemType;
import io.kiln.batch.BatchSettings;
import io.kiln.batch.FolderScan;
import io.kiln.batch.ItemSettings;
import io.kiln.pipeline.PipelineName;
import io.kiln.target.TargetName;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A batch to be created.
 *
 * @param folder whose files become items, in natural order; beside or instead of {@code items}
 * @param pattern which files of the folder, as a shell's; all HDF5 files where it is absent
 * @param pipeline that its runs use where a request names none
 * @param output folder for outputs; beside the inputs where it is absent
 * @param maxDevices how many devices its runs may hold at once, at least 1; as many as there are where it is absent
 * @param shared whether others change it, too, than who makes it and administrators; they do where it is absent
 */
public record NewBatch(
        @NotNull String name,
        String folder,
        String pattern,
        List<NewItem> items,
        String pipeline,
        JsonObject parameters,
        String target,
        String output,
        Integer maxDevices,
        Boolean shared) {
    BatchSettings settings() {
        return new BatchSettings(
                name,
                Optional.ofNullable(pipeline).map(PipelineName::new),
                Objects.requireNonNullElse(parameters, JsonValue.EMPTY_JSON_OBJECT),
                Optional.ofNullable(target).map(TargetName::new).orElse(TargetName.STANDARD),
                Optional.ofNullable(output),
                Optional.ofNullable(maxDevices),
                !Boolean.FALSE.equals(shared));
    }

    Optional<Path> sourceFolder() {
        return Optional.ofNullable(folder).map(Path::of);
    }

    String sourcePattern() {
        return Objects.requireNonNullElse(pattern, FolderScan.STANDARD_PATTERN);
    }

    List<ItemSettings> items(FolderScan scan) {
        List<ItemSettings> all = new ArrayList<>();
        if (folder != null) {
            all.addAll(scan.scan(Path.of(folder), sourcePattern()));
        } else if (pattern != null) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST, "pattern is '" + pattern + "', but there is no folder; name one");
        }
        if (items != null) {
            items.forEach(item -> all.add(item.settings()));
        }
        return all;
    }
}
