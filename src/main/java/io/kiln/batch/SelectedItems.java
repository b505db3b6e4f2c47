package io.kiln.batch;

import io.kiln.persistence.UnknownIdException;
import io.kiln.run.BatchId;
import io.kiln.run.ItemId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The items that somebody chose, in the order of their batch. */
@ApplicationScoped
class SelectedItems {
    private final EntityManager entities;

    /** For the container's proxy only. */
    protected SelectedItems() {
        this(null);
    }

    @Inject
    SelectedItems(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * The same, where nothing of them is to be changed.
     *
     * @throws UnknownIdException when the batch has no such item
     */
    List<Item> toRead(BatchId batch, ItemSelection selection) {
        List<Item> items = of(batch, selection);
        // why: what is managed is compared at each flush, which is at each run that is queued
        items.forEach(entities::detach);
        return items;
    }

    /** @throws UnknownIdException when the batch has no such item */
    List<Item> of(BatchId batch, ItemSelection selection) {
        if (selection instanceof ItemSelection.Only only) {
            List<Item> some = entities.createQuery(
                            "select i from Item i where i.batch = :batch and i.id in :wanted order by i.position",
                            Item.class)
                    .setParameter("batch", batch.value())
                    .setParameter(
                            "wanted", only.items().stream().map(ItemId::value).toList())
                    .getResultList();
            requireKnown(only.items(), some);
            return some;
        }
        List<Item> all = entities.createQuery(
                        "select i from Item i where i.batch = :batch order by i.position", Item.class)
                .setParameter("batch", batch.value())
                .getResultList();
        if (selection instanceof ItemSelection.From from) {
            List<Item> rest = all.stream()
                    .dropWhile(item -> !item.id().equals(from.first()))
                    .toList();
            requireKnown(Set.of(from.first()), rest);
            return rest;
        }
        return all;
    }

    private static void requireKnown(Collection<ItemId> wanted, List<Item> found) {
        Set<ItemId> known = found.stream().map(Item::id).collect(Collectors.toSet());
        for (ItemId id : wanted) {
            if (!known.contains(id)) {
                throw new UnknownIdException("item", id);
            }
        }
    }
}
