package io.kiln.batch;

import io.kiln.persistence.Sql;
import io.kiln.pipeline.InputRejectedException;
import io.kiln.run.BatchId;
import io.kiln.run.ItemId;
import io.kiln.run.Ownership;
import io.kiln.run.RunRemoval;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** Removes items, their outputs or their inputs: what cannot be removed is reported, and the others go all the same. */
@ApplicationScoped
public class ItemRemoval {
    private static final String READ_AS_INPUT =
            "select item.id as item, run.id as run, run.state, 'reads its input' as how from run join item"
                    + " on (item.input_root, item.input_path) = (run.input_root, run.input_path)";

    private static final String READ_AS_PARAMETER =
            "select item.id as item, run.id as run, run.state, 'has its input as ' || file.name as how from run"
                    + " cross join lateral jsonb_object_keys(run.parameter_files) file (name)"
                    + " join (item join data_root on data_root.id = item.input_root)"
                    + " on run.parameters ->> file.name = data_root.path || '/' || item.input_path";

    private static final String UNFINISHED =
            " where run.state in ('QUEUED', 'RUNNING', 'PUBLISHING') and item.id = any(?)"
                    + " and run.item <> item.id and (run.state <> 'QUEUED' or run.item <> all(?)) order by run.seq";

    private final SelectedItems selected;
    private final ItemService items;
    private final ItemFiles files;
    private final RunRemoval runs;
    private final Ownership ownership;
    private final Sql sql;

    /** For the container's proxy only. */
    protected ItemRemoval() {
        this(null, null, null, null, null, null);
    }

    @Inject
    public ItemRemoval(
            SelectedItems selected, ItemService items, ItemFiles files, RunRemoval runs, Ownership ownership, Sql sql) {
        this.selected = selected;
        this.items = items;
        this.files = files;
        this.runs = runs;
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
        Map<ItemId, String> kept = kept(wanted, wanted, request);
        Map<ItemId, List<Path>> outputs = request.outputs() ? files.outputs(wanted) : Map.of();
        Tally tally = new Tally();
        for (Item item : wanted) {
            String reason = kept.get(item.id());
            if (reason == null) {
                tally.add(item, request, outputs.getOrDefault(item.id(), List.of()));
            } else {
                tally.leaveOut(item, reason);
            }
        }
        return tally.report(request.inputs() ? usedElsewhere(wanted) : 0);
    }

    /**
     * Removes the files of each item, then the items, except those of which a file could not be deleted.
     *
     * @throws io.kiln.persistence.UnknownIdException when the batch has no such item
     * @throws io.kiln.access.NotYoursException when the batch is somebody else's alone
     */
    @Transactional(Transactional.TxType.NOT_SUPPORTED)
    public ItemRemovalReport remove(BatchId batch, ItemRemovalRequest request, String who) {
        ownership.requireMayChange(batch);
        List<Item> wanted = selected.toRead(batch, request.items());
        Tally tally = new Tally();
        List<Item> bare = request.outputs() || request.inputs()
                ? wanted.stream()
                        .filter(item -> removeFiles(item, wanted, request, who, tally))
                        .toList()
                : wanted;
        if (request.entries()) {
            tally.removeEntries(batch, bare, who);
        }
        return tally.report(0);
    }

    /**
     * Removes one item, with its files where that is wanted; it stays where a file of it could not be deleted.
     *
     * @param outputs whether what its runs have published is deleted too
     * @param inputs whether its input file is deleted too
     * @throws io.kiln.persistence.UnknownIdException when the batch has no such item
     * @throws io.kiln.access.NotYoursException when the batch is somebody else's alone
     * @throws io.kiln.run.RunStateException when one of its runs is active
     * @throws InputRejectedException when it stays, with what could not be deleted
     */
    @Transactional(Transactional.TxType.NOT_SUPPORTED)
    public void removeOne(BatchId batch, ItemId id, boolean outputs, boolean inputs, String who) {
        ownership.requireMayChange(batch);
        items.get(batch, id);
        runs.requireIdle(id);
        ItemSelection only = new ItemSelection.Only(List.of(id));
        ItemRemovalReport report = remove(batch, new ItemRemovalRequest(only, true, outputs, inputs), who);
        Stream.concat(
                        report.failures().stream().map(one -> "cannot delete '" + one.file() + "': " + one.reason()),
                        report.leftOut().stream().map(QueuePlan.LeftOut::reason))
                .findFirst()
                .ifPresent(reason -> {
                    throw new InputRejectedException("item " + id + " stays: " + reason);
                });
    }

    /** Whether all of the item's files that are to go are gone. */
    private boolean removeFiles(Item item, List<Item> wanted, ItemRemovalRequest request, String who, Tally tally) {
        String reason = kept(List.of(item), wanted, request).get(item.id());
        if (reason != null) {
            tally.leaveOut(item, reason);
            return false;
        }
        return tally.removeFiles(item, request, who);
    }

    /** Those of the items that nothing may be removed of now, and why. */
    private Map<ItemId, String> kept(List<Item> items, List<Item> wanted, ItemRemovalRequest request) {
        Map<ItemId, String> kept = new HashMap<>(busy(items, wanted, request));
        if (request.inputs()) {
            kept.putAll(neededByOthers(items));
        }
        return kept;
    }

    /** Those of the items whose input is also that of an item in a batch that is somebody else's alone. */
    private Map<ItemId, String> neededByOthers(List<Item> items) {
        Map<ItemId, String> needed = new HashMap<>();
        sql
                .list(
                        row -> new Needed(
                                new ItemId(row.getObject("item", UUID.class)),
                                row.getString("name"),
                                row.getString("created_by")),
                        "select item.id as item, batch.name, batch.created_by from item join item other"
                                + " on (item.input_root, item.input_path) = (other.input_root, other.input_path)"
                                + " join batch on batch.id = other.batch"
                                + " where item.id = any(?) and other.batch <> item.batch and not batch.shared"
                                + " order by batch.created_at",
                        (Object) ids(items))
                .stream()
                .filter(other -> !ownership.mayChange(other.owner(), false))
                .forEach(other -> needed.putIfAbsent(
                        other.item(),
                        "its input is also in batch '" + other.batch() + "', which is " + other.owner()
                                + "'s alone: remove the item without its input, or ask them or an administrator"));
        return needed;
    }

    private record Needed(ItemId item, String batch, String owner) {}

    /**
     * Those of the items with runs that the removal would pull the ground from under: their own, and of other items those that read the same input, also
     * as a file of their parameters. What is queued of items that go anyway, goes with them.
     */
    private Map<ItemId, String> busy(List<Item> items, List<Item> wanted, ItemRemovalRequest request) {
        boolean queuedToo = request.inputs() && !request.entries();
        Map<ItemId, String> busy = new HashMap<>();
        if (request.inputs()) {
            UUID[] going = request.entries() ? ids(wanted) : new UUID[] {};
            for (String readers : List.of(READ_AS_INPUT, READ_AS_PARAMETER)) {
                sql.list(
                                row -> Map.entry(
                                        new ItemId(row.getObject("item", UUID.class)),
                                        "run " + row.getString("run") + " of another item " + row.getString("how")
                                                + " and is " + row.getString("state") + "; stop it first"),
                                readers + UNFINISHED,
                                ids(items),
                                going)
                        .forEach(one -> busy.put(one.getKey(), one.getValue()));
            }
        }
        sql.list(
                        row -> Map.entry(
                                new ItemId(row.getObject("item", UUID.class)),
                                "run " + row.getString("id") + " is " + row.getString("state") + "; stop it first"),
                        "select id, item, state from run where item = any(?) and state = any(?) order by seq",
                        ids(items),
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

        void add(Item item, ItemRemovalRequest request, List<Path> published) {
            entries += request.entries() ? 1 : 0;
            outputs = outputs.plus(FileTree.amount(published));
            inputs = request.inputs() ? inputs.plus(FileTree.amount(files.input(item))) : inputs;
        }

        /** False where one of them is still there. */
        boolean removeFiles(Item item, ItemRemovalRequest request, String who) {
            int failed = failures.size();
            try {
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
                return failures.size() == failed;
            } catch (RuntimeException e) {
                leaveOut(item, e.getMessage());
                return false;
            }
        }

        void removeEntries(BatchId batch, List<Item> bare, String who) {
            Map<ItemId, String> stay = items.remove(batch, bare, who);
            entries += bare.size() - stay.size();
            bare.stream()
                    .filter(item -> stay.containsKey(item.id()))
                    .forEach(item -> leaveOut(item, stay.get(item.id())));
        }

        ItemRemovalReport report(int usedElsewhere) {
            return new ItemRemovalReport(entries, outputs, inputs, usedElsewhere, leftOut, failures);
        }
    }
}
