package io.kiln.api.batches;

import io.kiln.batch.ItemMark;
import java.time.Instant;

/**
 * What somebody has said of an item, as it is answered.
 *
 * @param markedBy who said it
 */
public record MarkBody(ItemMark.Verdict mark, String markedBy, Instant markedAt) {
    static MarkBody of(ItemMark mark) {
        return new MarkBody(mark.mark(), mark.by(), mark.at());
    }
}
