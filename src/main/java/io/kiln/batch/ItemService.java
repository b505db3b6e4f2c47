package io.kiln.batch;

import io.kiln.event.AuditLog;
import io.kiln.event.EventFeed;
import io.kiln.persistence.Page;
import io.kiln.persistence.PageRequest;
import io.kiln.persistence.Sql;
import io.kiln.persistence.UnknownIdException;
import io.kiln.persistence.VersionConflictException;
import io.kiln.pipeline.FileKind;
import io.kiln.pipeline.InputRejectedException;
import io.kiln.root.Area;
import io.kiln.root.DataRootService;
import io.kiln.root.DataRoots;
import io.kiln.root.Location;
import io.kiln.run.BatchId;
import io.kiln.run.ItemId;
import io.kiln.run.RunRemoval;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What people ask of the items of a batch, also while it runs. */
@ApplicationScoped
@Transactional
public class ItemService {
    private final EntityManager entities;
    private final Sql sql;
    private final BatchService batches;
    private final DataRootService roots;
    private final ParameterCheck check;
    private final ItemOrder order;
    private final RunRemoval removal;
    private final EventFeed events;
    private final AuditLog audit;

    /** For the container's proxy only. */
    protected ItemService() {
        this(null, null, null, null, null, null, null, null, null);
    }

    @Inject
    public ItemService(
            EntityManager entities,
            Sql sql,
            BatchService batches,
            DataRootService roots,
            ParameterCheck check,
            ItemOrder order,
            RunRemoval removal,
            EventFeed events,
            AuditLog audit) {
        this.entities = entities;
        this.sql = sql;
        this.batches = batches;
        this.roots = roots;
        this.check = check;
        this.order = order;
        this.removal = removal;
        this.events = events;
        this.audit = audit;
    }

    /**
     * Adds items at the end, all or none.
     *
     * @throws InputRejectedException when an input is missing, unreadable, no file or in no data root
     * @throws io.kiln.pipeline.InvalidParametersException with every problem of an item's parameters
     */
    public List<Item> add(BatchId id, List<ItemSettings> settings, String who) {
        Batch batch = batches.lock(id);
        DataRoots present = roots.now();
        requireAll(id, settings.stream().flatMap(one -> one.after().stream()).collect(Collectors.toSet()));
        long position = order.last(id);
        List<Item> added = new ArrayList<>();
        Set<JsonObject> fine = new HashSet<>();
        for (ItemSettings one : settings) {
            position += ItemOrder.GAP;
            requireVisible(one);
            if (fine.add(one.parameters())) {
                checkParameters(batch, one, present);
            }
            Item item = new Item(id, position, one, input(present, one));
            entities.persist(item);
            added.add(item);
        }
        entities.flush();
        List<UUID> ids = added.stream().map(item -> item.id().value()).toList();
        events.addOfItems(id.value(), ids, "added by " + who);
        Map<String, JsonObject> details = new LinkedHashMap<>();
        added.forEach(item -> details.put(item.id().toString(), settings(item).toJson()));
        audit.add(who, "item added", details);
        return added;
    }

    /** In the order of the batch. */
    public Page<Item> list(BatchId batch, PageRequest page) {
        batches.get(batch);
        List<Item> items = entities.createQuery(
                        "select i from Item i where i.batch = :batch and i.position > :after order by i.position",
                        Item.class)
                .setParameter("batch", batch.value())
                .setParameter("after", page.after() == null ? Long.MIN_VALUE : page.after())
                .setMaxResults(page.limit() + 1)
                .getResultList();
        return Page.of(items, page.limit(), Item::position);
    }

    /** Those of the items that the batch has, in its order. */
    List<Item> some(BatchId batch, Collection<ItemId> wanted) {
        batches.get(batch);
        return entities.createQuery(
                        "select i from Item i where i.batch = :batch and i.id in :wanted order by i.position",
                        Item.class)
                .setParameter("batch", batch.value())
                .setParameter("wanted", wanted.stream().map(ItemId::value).toList())
                .getResultList();
    }

    /** @throws UnknownIdException when the batch has no such item */
    public Item get(BatchId batch, ItemId id) {
        return Optional.ofNullable(entities.find(Item.class, id.value()))
                .filter(item -> item.batch().equals(batch))
                .orElseThrow(() -> new UnknownIdException("item", id));
    }

    /**
     * The item as it is now, and stays until the transaction ends: nobody else edits its batch meanwhile.
     *
     * @throws UnknownIdException when the batch has no such item
     * @throws io.kiln.access.NotYoursException when the batch is somebody else's alone
     */
    public Item lock(BatchId batch, ItemId id) {
        batches.lock(batch);
        Item item = get(batch, id);
        entities.refresh(item);
        return item;
    }

    /** What an edit of the item is made on. */
    public ItemSettings settings(Item item) {
        return new ItemSettings(
                roots.path(item.input()).toString(), item.name(), item.parameters(), item.comment(), item.after());
    }

    /**
     * Changes what people set of the item, and moves it; runs that are queued already keep what they were queued with, but change their place in the queue.
     *
     * @param version that the edit was made on
     * @param patch JSON merge patch of {@link ItemSettings}
     * @param place in the batch from 0, beyond the end means last; empty where the item stays where it is
     * @throws VersionConflictException when the item has changed since
     */
    public Item edit(BatchId batch, ItemId id, int version, JsonObject patch, OptionalInt place, String who) {
        Item item = lock(batch, id);
        ItemSettings wanted = settings(item).patched(patch);
        requireVersion(item, version, wanted, place);
        if (!patch.isEmpty()) {
            set(item, wanted);
            tell(item, "edited", who, patch);
        }
        place.ifPresent(index -> move(item, index, who));
        return item;
    }

    private void set(Item item, ItemSettings wanted) {
        if (!wanted.name().equals(item.name())) {
            requireVisible(wanted);
        }
        DataRoots present = roots.now();
        validate(batches.get(item.batch()), item.id(), wanted, present);
        boolean isSameInput = wanted.input().equals(settings(item).input());
        item.set(wanted, isSameInput ? item.input() : input(present, wanted));
        entities.flush();
        if (!isSameInput) {
            sql.update(
                    "update item set input_missing = false where id = ?",
                    item.id().value());
            sql.update("delete from item_found where item = ?", item.id().value());
        }
    }

    private void move(Item item, int index, String who) {
        item.moveTo(order.positionAt(item.batch(), item.id(), index));
        entities.flush();
        order.reorderQueue(item.batch());
        tell(item, "moved", who, settings(item).toJson());
    }

    /**
     * Takes items out of the batch, and their runs with them; no file goes.
     *
     * @return why, of those that have to stay
     */
    Map<ItemId, String> remove(BatchId batch, List<Item> items, String who) {
        batches.lock(batch);
        Map<ItemId, String> stay = removal.giveUp(items.stream().map(Item::id).toList());
        Map<String, JsonObject> details = new LinkedHashMap<>();
        items.stream()
                .filter(item -> !stay.containsKey(item.id()))
                .forEach(
                        item -> details.put(item.id().toString(), settings(item).toJson()));
        UUID[] gone = details.keySet().stream().map(UUID::fromString).toArray(UUID[]::new);
        sql.update("delete from item where batch = ? and id = any(?)", batch.value(), gone);
        events.addOfItems(batch.value(), List.of(gone), "removed by " + who);
        audit.add(who, "item removed", details);
        return stay;
    }

    private void requireVersion(Item item, int version, ItemSettings wanted, OptionalInt place) {
        if (item.version() != version) {
            int current = order.place(item.batch(), item.position());
            throw new VersionConflictException(
                    version, item.version(), placed(wanted, place.orElse(current)), placed(settings(item), current));
        }
    }

    private static JsonObject placed(ItemSettings settings, int place) {
        return Json.createObjectBuilder(settings.toJson())
                .add(ItemSettings.POSITION, place)
                .build();
    }

    /** @throws UnknownIdException when the batch lacks one of the items */
    private void requireAll(BatchId batch, Set<ItemId> wanted) {
        Set<ItemId> known = some(batch, wanted).stream().map(Item::id).collect(Collectors.toSet());
        wanted.stream().filter(id -> !known.contains(id)).findFirst().ifPresent(id -> {
            throw new UnknownIdException("item", id);
        });
    }

    private static void requireVisible(ItemSettings settings) {
        Names.requireVisible("the name of item '" + settings.input() + "'", settings.name());
    }

    private void checkParameters(Batch batch, ItemSettings settings, DataRoots present) {
        check.check(
                batch.pipeline(), ParameterCheck.merge(List.of(batch.parameters(), settings.parameters())), present);
    }

    private void validate(Batch batch, ItemId id, ItemSettings settings, DataRoots present) {
        checkParameters(batch, settings, present);
        for (ItemId earlier : settings.after()) {
            Item other = get(batch.id(), earlier);
            if (order.comesAfter(other.id(), id)) {
                throw new InputRejectedException("item " + id + " cannot come after item " + earlier
                        + ", which comes after it: no order would satisfy both");
            }
        }
    }

    private Location input(DataRoots present, ItemSettings settings) {
        Location place = present.resolve(Path.of(settings.input()));
        Path file = present.path(place);
        if (!Files.isReadable(file)) {
            throw new InputRejectedException("cannot read '" + settings.input() + "'"
                    + (Files.exists(file) ? ": not allowed" : ": no such file") + " at " + file);
        }
        FileKind.inPlaceOfFile(file).ifPresent(other -> {
            throw new InputRejectedException("input is '" + settings.input() + "', but that is " + other
                    + ", not a file" + "; name a file, or give the folder to the batch for all of its files");
        });
        if (place.area() != Area.INSIDE) {
            throw new InputRejectedException("'" + settings.input()
                    + "' lies in the folder for the outputs of a root; have an admin add it as a root of its own");
        }
        return place;
    }

    private void tell(Item item, String what, String who, JsonObject detail) {
        events.add("item", item.batch().value(), item.id().value(), what + " by " + who);
        audit.add(who, "item " + what, item.id().toString(), detail);
    }
}
