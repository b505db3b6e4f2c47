package io.kiln.api.batches;

import jakarta.validation.constraints.NotNull;
import java.util.List;

/** Items to be added at the end of a batch, all or none. */
public record NewItems(@NotNull List<NewItem> items) {}
