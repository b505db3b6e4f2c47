package io.kiln.batch;

import io.kiln.event.AuditLog;
import io.kiln.event.EventFeed;
import io.kiln.run.BatchId;
import io.kiln.run.ItemId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Moves some items of a batch together; their queued runs change places in the queue with them. */
@ApplicationScoped
@Transactional
public class ItemMoves {
    private final BatchService batches;
    private final SelectedItems selected;
    private final ItemOrder order;
    private final EventFeed events;
    private final AuditLog audit;

    /** For the container's proxy only. */
    protected ItemMoves() {
        this(null, null, null, null, null);
    }

    @Inject
    public ItemMoves(BatchService batches, SelectedItems selected, ItemOrder order, EventFeed events, AuditLog audit) {
        this.batches = batches;
        this.selected = selected;
        this.order = order;
        this.events = events;
        this.audit = audit;
    }

    /**
     * @return how many of the items have another place now
     * @throws io.kiln.persistence.UnknownIdException when the batch has no such item
     * @throws io.kiln.access.NotYoursException when the batch is another one's
     */
    public int move(BatchId batch, ItemSelection items, ItemMove move, String who) {
        batches.lock(batch);
        Set<ItemId> chosen = new LinkedHashSet<>(ids(batch, items));
        List<ItemId> before = ids(batch, new ItemSelection.All());
        List<ItemId> after = move.of(before, chosen);
        List<ItemId> moved = moved(before, after, chosen);
        if (!moved.isEmpty()) {
            order.arrange(batch, after);
            order.reorderQueue(batch);
            tell(batch, moved, move, who);
        }
        return moved.size();
    }

    private List<ItemId> ids(BatchId batch, ItemSelection items) {
        return selected.toRead(batch, items).stream().map(Item::id).toList();
    }

    private static List<ItemId> moved(List<ItemId> before, List<ItemId> after, Set<ItemId> chosen) {
        List<ItemId> moved = new ArrayList<>();
        for (int i = 0; i < after.size(); i++) {
            if (chosen.contains(after.get(i)) && !after.get(i).equals(before.get(i))) {
                moved.add(after.get(i));
            }
        }
        return moved;
    }

    private void tell(BatchId batch, List<ItemId> moved, ItemMove move, String who) {
        events.addOfItems(batch.value(), moved.stream().map(ItemId::value).toList(), "moved by " + who);
        JsonObject where = Json.createObjectBuilder()
                .add("to", move.name().toLowerCase(Locale.ROOT))
                .build();
        Map<String, JsonObject> details = new LinkedHashMap<>();
        moved.forEach(item -> details.put(item.toString(), where));
        audit.add(who, "item moved", details);
    }
}
