package io.kiln.batch;

import io.kiln.persistence.Sql;
import io.kiln.run.BatchId;
import io.kiln.run.ItemId;
import io.kiln.run.Ownership;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Removes items, their outputs or their inputs, one after another: what cannot be removed is reported, and the others go all the same. */
@ApplicationScoped
public class ItemRemoval {
    private final SelectedItems selected;
    private final ItemService items;
    private final ItemFiles files;
    private final Ownership ownership;
    private final Sql sql;

    /** For the container's proxy only. */
    protected ItemRemoval() {
        this(null, null, null, null, null);
    }

    @Inject
    public ItemRemoval(SelectedItems selected, ItemService items, ItemFiles files, Ownership ownership, Sql sql) {
        this.selected = selected;
        this.items = items;
        this.files = files;
        this.ownership = ownership;
        this.sql = sql;
    }

    /**
     * What a removal would take; nothing is changed.
     *
     * @throws io.kiln.persistence.UnknownIdException when the batch has no such item
     */
    @Transactional
    public ItemRemovalReport plan(BatchId batch, ItemRemovalRequest request) {
        List<Item> wanted = selected.toRead(batch, request.items());
        Map<ItemId, String> busy = busy(wanted, request);
        Tally tally = new Tally();
        for (Item item : wanted) {
            String reason = busy.get(item.id());
            if (reason == null) {
                tally.add(item, request);
            } else {
                tally.leaveOut(item, reason);
            }
        }
        return tally.report(request.inputs() ? usedElsewhere(wanted) : 0);
    }

    /**
     * Removes, each item in transactions of its own: files first, then the item, which stays where a file of it could not be deleted.
     *
     * @throws io.kiln.persistence.UnknownIdException when the batch has no such item
     * @throws io.kiln.access.NotYoursException when the batch is somebody else's alone
     */
    @Transactional(Transactional.TxType.NOT_SUPPORTED)
    public ItemRemovalReport remove(BatchId batch, ItemRemovalRequest request, String who) {
        ownership.requireMayChange(batch);
        List<Item> wanted = selected.toRead(batch, request.items());
        Tally tally = new Tally();
        for (Item item : wanted) {
            Optional<String> reason =
                    Optional.ofNullable(busy(List.of(item), request).get(item.id()));
            if (reason.isPresent()) {
                tally.leaveOut(item, reason.get());
            } else {
                tally.remove(item, request, who);
            }
        }
        return tally.report(0);
    }

    /** Items with runs that the removal would pull the ground from under. */
    private Map<ItemId, String> busy(List<Item> wanted, ItemRemovalRequest request) {
        boolean queuedToo = request.inputs() && !request.entries();
        Map<ItemId, String> busy = new HashMap<>();
        sql.list(
                        row -> Map.entry(
                                new ItemId(row.getObject("item", UUID.class)),
                                "run " + row.getString("id") + " is " + row.getString("state") + "; stop it first"),
                        "select id, item, state from run where item = any(?) and state = any(?) order by seq",
                        ids(wanted),
                        queuedToo
                                ? new String[] {"QUEUED", "RUNNING", "PUBLISHING"}
                                : new String[] {"RUNNING", "PUBLISHING"})
                .forEach(one -> busy.put(one.getKey(), one.getValue()));
        return busy;
    }

    private int usedElsewhere(List<Item> wanted) {
        return sql.first(
                        row -> row.getInt(1),
                        "select count(*) from item other where other.id <> all(?) and exists (select 1 from item"
                                + " where item.id = any(?) and (item.input_root, item.input_path) ="
                                + " (other.input_root, other.input_path))",
                        ids(wanted),
                        ids(wanted))
                .orElseThrow();
    }

    private static UUID[] ids(List<Item> items) {
        return items.stream().map(item -> item.id().value()).toArray(UUID[]::new);
    }

    /** One removal being worked off, item by item. */
    private final class Tally {
        private int entries;
        private ItemRemovalReport.Amount outputs = ItemRemovalReport.Amount.NONE;
        private ItemRemovalReport.Amount inputs = ItemRemovalReport.Amount.NONE;
        private final List<QueuePlan.LeftOut> leftOut = new ArrayList<>();
        private final List<ItemRemovalReport.Failure> failures = new ArrayList<>();

        void leaveOut(Item item, String reason) {
            leftOut.add(new QueuePlan.LeftOut(item.id(), item.name(), reason));
        }

        void add(Item item, ItemRemovalRequest request) {
            entries += request.entries() ? 1 : 0;
            outputs = request.outputs() ? outputs.plus(FileTree.amount(files.outputs(item))) : outputs;
            inputs = request.inputs() ? inputs.plus(FileTree.amount(files.input(item))) : inputs;
        }

        void remove(Item item, ItemRemovalRequest request, String who) {
            try {
                int failed = failures.size();
                if (request.outputs()) {
                    ItemFiles.Deleted deleted = files.deleteOutputs(item, who);
                    outputs = outputs.plus(deleted.amount());
                    failures.addAll(deleted.failures());
                }
                if (request.inputs()) {
                    ItemFiles.Deleted deleted = files.deleteInput(item, who);
                    inputs = inputs.plus(deleted.amount());
                    failures.addAll(deleted.failures());
                }
                if (request.entries() && failures.size() == failed) {
                    items.remove(item.batch(), item.id(), false, false, who);
                    entries++;
                }
            } catch (RuntimeException e) {
                leaveOut(item, e.getMessage());
            }
        }

        ItemRemovalReport report(int usedElsewhere) {
            return new ItemRemovalReport(entries, outputs, inputs, usedElsewhere, leftOut, failures);
        }
    }
}
