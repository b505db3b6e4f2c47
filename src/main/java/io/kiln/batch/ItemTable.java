package io.kiln.batch;

import io.kiln.persistence.Page;
import io.kiln.persistence.PageRequest;
import io.kiln.run.BatchId;
import io.kiln.run.ItemId;
import io.kiln.run.ItemRuns;
import io.kiln.run.NewestRuns;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The items of a batch with what became of them, so many statements for a page whatever its length. */
@ApplicationScoped
@Transactional
public class ItemTable {
    private final ItemService items;
    private final NewestRuns runs;
    private final FoundOutputs found;
    private final ItemMarks marks;

    /** For the container's proxy only. */
    protected ItemTable() {
        this(null, null, null, null);
    }

    @Inject
    public ItemTable(ItemService items, NewestRuns runs, FoundOutputs found, ItemMarks marks) {
        this.items = items;
        this.runs = runs;
        this.found = found;
        this.marks = marks;
    }

    /**
     * @param found outputs that another program has left for it
     * @param mark what somebody has said of it who looked at its picture
     */
    public record Row(Item item, ItemRuns runs, List<FoundOutput> found, Optional<ItemMark> mark) {}

    /** In the order of the batch. */
    public Page<Row> list(BatchId batch, PageRequest page) {
        Page<Item> shown = items.list(batch, page);
        return new Page<>(rows(shown.items()), shown.next());
    }

    /** Those of the items that the batch has, in its order. */
    public List<Row> some(BatchId batch, Collection<ItemId> wanted) {
        return rows(items.some(batch, wanted));
    }

    private List<Row> rows(List<Item> shown) {
        List<ItemId> ids = shown.stream().map(Item::id).toList();
        Map<ItemId, ItemRuns> newest = runs.of(ids);
        Map<ItemId, List<FoundOutput>> outputs = found.of(ids);
        Map<ItemId, ItemMark> marked = marks.of(ids);
        return shown.stream()
                .map(item -> new Row(
                        item,
                        newest.get(item.id()),
                        outputs.getOrDefault(item.id(), List.of()),
                        Optional.ofNullable(marked.get(item.id()))))
                .toList();
    }
}
