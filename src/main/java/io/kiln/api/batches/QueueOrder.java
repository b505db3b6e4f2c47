package io.kiln.api.batches;

import io.kiln.api.openapi.Choices;
import io.kiln.api.problem.ProblemException;
import io.kiln.api.problem.ProblemType;
import io.kiln.batch.QueueRequest;
import io.kiln.pipeline.PipelineName;
import io.kiln.target.TargetName;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Runs to be queued.
 *
 * @param pipeline the batch's where it is absent
 * @param items {@code "all"} or a list of item ids; all where it is absent
 * @param from the first of the items; those behind it follow
 * @param parameters that override the items'
 * @param devices how many devices each run gets, or {@code "all"} of a node; 1 where it is absent
 * @param notBefore when the runs may start at the earliest
 * @param priority a whole number, higher goes first, 0 where it is absent; or {@code "urgent"}, before all others and on their devices if need be
 * @param force run what is done already, and replace results of other parameters and outputs that Kiln did not make
 * @param dryRun answer the plan and store nothing
 */
public record QueueOrder(
        String pipeline,
        @Schema(ref = Choices.ITEMS) JsonValue items,
        UUID from,
        JsonObject parameters,
        String target,
        @Schema(ref = Choices.DEVICES) JsonValue devices,
        Instant notBefore,
        @Schema(ref = Choices.PRIORITY) JsonValue priority,
        Boolean force,
        Boolean dryRun) {
    boolean isDryRun() {
        return Boolean.TRUE.equals(dryRun);
    }

    QueueRequest request() {
        return new QueueRequest(
                Optional.ofNullable(pipeline).map(PipelineName::new),
                ItemChoice.of(items, from),
                Objects.requireNonNullElse(parameters, JsonValue.EMPTY_JSON_OBJECT),
                Optional.ofNullable(target).map(TargetName::new),
                wantedDevices(),
                Optional.ofNullable(notBefore),
                isWord("urgent", priority),
                wantedPriority(),
                Boolean.TRUE.equals(force),
                isDryRun());
    }

    private int wantedDevices() {
        if (devices == null || devices == JsonValue.NULL) {
            return 1;
        }
        if (isWord("all", devices)) {
            return 0;
        }
        return WholeNumber.atLeast(1, devices)
                .orElseThrow(() ->
                        invalid("'devices' is " + devices + ", but must be " + WholeNumber.words(1) + ", or \"all\""));
    }

    private int wantedPriority() {
        if (priority == null || priority == JsonValue.NULL || isWord("urgent", priority)) {
            return 0;
        }
        return WholeNumber.atLeast(Integer.MIN_VALUE, priority)
                .orElseThrow(() -> invalid("'priority' is " + priority + ", but must be "
                        + WholeNumber.words(Integer.MIN_VALUE) + ", or \"urgent\""));
    }

    private static boolean isWord(String word, JsonValue value) {
        return value instanceof JsonString text && text.getString().equals(word);
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(ProblemType.INVALID_REQUEST, detail);
    }

    /** What was, or in a dry run would be, queued. */
    public record Queued(List<QueuedRun> items, List<LeftOutItem> leftOut, String next) {}

    /**
     * @param id null in a dry run
     * @param state QUEUED, or SKIPPED where there is nothing to do
     * @param reason why it is skipped
     */
    public record QueuedRun(
            UUID id,
            UUID batch,
            UUID item,
            String itemName,
            String pipeline,
            String state,
            String reason,
            JsonObject parameters,
            String target,
            String output) {}

    /** An item of the selection that needs no run, or cannot have one, and why. */
    public record LeftOutItem(UUID item, String itemName, String reason) {}
}
