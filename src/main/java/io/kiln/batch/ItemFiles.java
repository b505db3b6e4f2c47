package io.kiln.batch;

import io.kiln.event.AuditLog;
import io.kiln.event.EventFeed;
import io.kiln.persistence.Sql;
import io.kiln.root.DataRootService;
import io.kiln.run.ItemId;
import io.kiln.run.PublishedOutputs;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Logger;

/**
 * Deletes the files of items. Each deletion is logged and audited, whatever becomes of the next: not in one transaction, which could end before they do, and
 * would take what is told of files with it that are gone.
 */
@ApplicationScoped
public class ItemFiles {
    private static final Logger LOG = Logger.getLogger(ItemFiles.class.getName());

    private final DataRootService roots;
    private final PublishedOutputs published;
    private final Sql sql;
    private final EventFeed events;
    private final AuditLog audit;

    /** For the container's proxy only. */
    protected ItemFiles() {
        this(null, null, null, null, null);
    }

    @Inject
    public ItemFiles(DataRootService roots, PublishedOutputs published, Sql sql, EventFeed events, AuditLog audit) {
        this.roots = roots;
        this.published = published;
        this.sql = sql;
        this.events = events;
        this.audit = audit;
    }

    /** What was deleted of an item, and what could not be. */
    record Deleted(ItemRemovalReport.Amount amount, List<ItemRemovalReport.Failure> failures) {}

    /** The folders and files that the items' completed runs have published and are still theirs; items without any are not in it. */
    @Transactional
    Map<ItemId, List<Path>> outputs(List<Item> items) {
        return published.of(items.stream().map(Item::id).toList());
    }

    /** The item's input file, where there is one; a folder in its place is none. */
    @Transactional
    List<Path> input(Item item) {
        Path file = roots.path(item.input());
        return isFolder(file) || !Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? List.of() : List.of(file);
    }

    private static boolean isFolder(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Deletes what the item's runs have published. */
    @Transactional(Transactional.TxType.NOT_SUPPORTED)
    Deleted deleteOutputs(Item item, String who) {
        Deleted deleted = delete(item, outputs(List.of(item)).getOrDefault(item.id(), List.of()), who);
        tell(item, "outputs deleted by " + who);
        return deleted;
    }

    /** Deletes the item's input file. */
    @Transactional(Transactional.TxType.NOT_SUPPORTED)
    Deleted deleteInput(Item item, String who) {
        Path file = roots.path(item.input());
        if (isFolder(file)) {
            String reason = "is a folder now, which nobody has chosen as an input";
            return new Deleted(
                    ItemRemovalReport.Amount.NONE,
                    List.of(new ItemRemovalReport.Failure(item.id(), item.name(), file, reason)));
        }
        Deleted deleted = delete(item, input(item), who);
        if (deleted.failures().isEmpty()) {
            sql.update(
                    "update item set input_missing = true where input_root = ? and input_path = ?",
                    item.input().root().value(),
                    item.input().path());
        }
        tell(item, "input deleted by " + who);
        return deleted;
    }

    private Deleted delete(Item item, List<Path> places, String who) {
        ItemRemovalReport.Amount amount = ItemRemovalReport.Amount.NONE;
        List<ItemRemovalReport.Failure> failures = new ArrayList<>();
        for (Path place : places) {
            roots.resolve(place);
            for (Path file : FileTree.deepestFirst(place)) {
                try {
                    amount = amount.plus(delete(item, file, who));
                } catch (IOException e) {
                    failures.add(new ItemRemovalReport.Failure(item.id(), item.name(), file, reason(e)));
                    note(item, "could not delete file", file, -1, who);
                }
            }
        }
        return new Deleted(amount, failures);
    }

    private ItemRemovalReport.Amount delete(Item item, Path file, String who) throws IOException {
        if (isFolder(file)) {
            Files.delete(file);
            return ItemRemovalReport.Amount.NONE;
        }
        long bytes = FileTree.size(file);
        Files.delete(file);
        note(item, "delete file", file, bytes, who);
        return new ItemRemovalReport.Amount(1, bytes);
    }

    private void note(Item item, String what, Path file, long bytes, String who) {
        LOG.info(() -> what + " " + file + " of item " + item.id() + ", asked for by " + who);
        var detail = Json.createObjectBuilder().add("item", item.id().toString());
        audit.add(
                who,
                what,
                file.toString(),
                bytes < 0 ? detail.build() : detail.add("bytes", bytes).build());
    }

    private static String reason(IOException failure) {
        return failure.getClass()
                        .getSimpleName()
                        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                        .toLowerCase(Locale.ROOT) + ": " + failure.getMessage();
    }

    private void tell(Item item, String what) {
        events.add("item", item.batch().value(), item.id().value(), what);
    }
}
