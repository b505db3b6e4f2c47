package io.kiln.batch;

import io.kiln.event.AuditLog;
import io.kiln.event.EventFeed;
import io.kiln.persistence.Sql;
import io.kiln.pipeline.InputRejectedException;
import io.kiln.root.Area;
import io.kiln.root.DataRootService;
import io.kiln.root.DataRoots;
import io.kiln.root.Location;
import io.kiln.run.BatchId;
import io.kiln.run.ItemId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.transaction.Transactional;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks at the folders of a batch again: adds the files that are new, marks the items whose input has gone, recognises outputs of other programs. */
@ApplicationScoped
@Transactional
public class Rescan {
    private final BatchService batches;
    private final ItemService items;
    private final SelectedItems selected;
    private final BatchFolders folders;
    private final FolderScan scan;
    private final ForeignOutputs foreign;
    private final FoundOutputs found;
    private final DataRootService roots;
    private final Sql sql;
    private final EventFeed events;
    private final AuditLog audit;

    /** For the container's proxy only. */
    protected Rescan() {
        this(null, null, null, null, null, null, null, null, null, null, null);
    }

    @Inject
    public Rescan(
            BatchService batches,
            ItemService items,
            SelectedItems selected,
            BatchFolders folders,
            FolderScan scan,
            ForeignOutputs foreign,
            FoundOutputs found,
            DataRootService roots,
            Sql sql,
            EventFeed events,
            AuditLog audit) {
        this.batches = batches;
        this.items = items;
        this.selected = selected;
        this.folders = folders;
        this.scan = scan;
        this.foreign = foreign;
        this.found = found;
        this.roots = roots;
        this.sql = sql;
        this.events = events;
        this.audit = audit;
    }

    /**
     * From now on items of the batch come from this folder, too.
     *
     * @throws InputRejectedException when it cannot be listed, or is a folder for outputs
     */
    public void remember(BatchId batch, Path folder, String pattern) {
        Location place = roots.resolve(folder);
        if (place.area() != Area.INSIDE) {
            throw new InputRejectedException("'" + folder
                    + "' lies in the folder for the outputs of a root; have an admin add it as a root of its own");
        }
        scan.files(folder, pattern);
        folders.add(batch, new BatchFolder(place, pattern));
    }

    /** Looks at every folder that the batch's items come from, and at every item's input and outputs, because somebody asks for it. */
    public Rescanned rescan(BatchId batch, String who) {
        Rescanned rescanned = look(batch, who);
        audit.add(
                who,
                "rescan batch",
                batch.toString(),
                Json.createObjectBuilder()
                        .add("added", rescanned.added().size())
                        .add("missing", rescanned.missing())
                        .build());
        return rescanned;
    }

    /** The same for a batch that is new. Nobody gets the answer: what was left out of it, its events tell. */
    public void lookFirst(BatchId batch, String who) {
        look(batch, who).folders().stream()
                .flatMap(look -> look.problem().stream())
                .forEach(problem -> events.add("batch", batch.value(), null, problem));
    }

    private Rescanned look(BatchId batch, String who) {
        batches.lock(batch);
        List<Item> known = selected.toRead(batch, new ItemSelection.All());
        Set<Location> inputs = known.stream().map(Item::input).collect(Collectors.toCollection(HashSet::new));
        List<Rescanned.Look> looks = new ArrayList<>();
        List<Item> added = new ArrayList<>();
        for (BatchFolder folder : folders.of(batch)) {
            added.addAll(look(batch, folder, inputs, looks, who));
        }
        int missing = mark(known, true, who);
        int returned = mark(known, false, who);
        List<Item> all = new ArrayList<>(known);
        all.addAll(added);
        return new Rescanned(looks, added, missing, returned, recognise(batch, all, who));
    }

    private List<Item> look(
            BatchId batch, BatchFolder folder, Set<Location> inputs, List<Rescanned.Look> looks, String who) {
        DataRoots present = roots.now();
        List<ItemSettings> fresh = files(folder, looks).stream()
                .filter(file -> inputs.add(present.resolve(file)))
                .map(file -> ItemSettings.of(file.toString()))
                .toList();
        return fresh.isEmpty() ? List.of() : items.add(batch, fresh, who);
    }

    private List<Path> files(BatchFolder folder, List<Rescanned.Look> looks) {
        Path path = roots.path(folder.place());
        try {
            FolderScan.Found found = scan.files(path, folder.pattern());
            looks.add(new Rescanned.Look(path, folder.pattern(), found.inside().size(), found.leftOut()));
            return found.inside();
        } catch (InputRejectedException e) {
            looks.add(new Rescanned.Look(path, folder.pattern(), 0, Optional.of(e.getMessage())));
            return List.of();
        }
    }

    /** Marks those whose input is gone, or back, since the last look; says how many. */
    private int mark(List<Item> known, boolean asMissing, String who) {
        List<Item> changed = known.stream()
                .filter(item ->
                        item.isInputMissing() != asMissing && Files.exists(roots.path(item.input())) != asMissing)
                .toList();
        for (Item item : changed) {
            sql.update(
                    "update item set input_missing = ? where id = ?",
                    asMissing,
                    item.id().value());
            tell(item, (asMissing ? "input missing" : "input there again") + ", seen by " + who);
        }
        return changed.size();
    }

    private int recognise(BatchId batch, List<Item> all, String who) {
        Map<ItemId, List<FoundOutput>> before = found.of(batch);
        int count = 0;
        for (Item item : all) {
            List<FoundOutput> now = foreign.of(item.input());
            if (!now.equals(before.getOrDefault(item.id(), List.of()))) {
                found.replace(item.id(), now);
                tell(item, "outputs of another program seen by " + who);
            }
            count += now.isEmpty() ? 0 : 1;
        }
        return count;
    }

    private void tell(Item item, String what) {
        events.add("item", item.batch().value(), item.id().value(), what);
    }
}
