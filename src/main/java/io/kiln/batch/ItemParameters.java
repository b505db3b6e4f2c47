package io.kiln.batch;

import io.kiln.event.AuditLog;
import io.kiln.event.EventFeed;
import io.kiln.root.DataRootService;
import io.kiln.root.DataRoots;
import io.kiln.run.BatchId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Gives many items of a batch the same parameters at once. */
@ApplicationScoped
@Transactional
public class ItemParameters {
    private final EntityManager entities;
    private final BatchService batches;
    private final SelectedItems selected;
    private final ParameterCheck check;
    private final DataRootService roots;
    private final EventFeed events;
    private final AuditLog audit;

    /** For the container's proxy only. */
    protected ItemParameters() {
        this(null, null, null, null, null, null, null);
    }

    @Inject
    ItemParameters(
            EntityManager entities,
            BatchService batches,
            SelectedItems selected,
            ParameterCheck check,
            DataRootService roots,
            EventFeed events,
            AuditLog audit) {
        this.entities = entities;
        this.batches = batches;
        this.selected = selected;
        this.check = check;
        this.roots = roots;
        this.events = events;
        this.audit = audit;
    }

    /**
     * Puts the parameters over those that the items have, or in their place; all or none. Runs that are queued already keep what they were queued with.
     *
     * @param replaces whether what the items had before is forgotten
     * @return how many items were changed
     * @throws io.kiln.pipeline.InvalidParametersException with every problem of what an item would then have
     * @throws io.kiln.persistence.UnknownIdException when the batch has no such item
     */
    public int give(BatchId id, ItemSelection selection, JsonObject parameters, boolean replaces, String who) {
        Batch batch = batches.lock(id);
        List<Item> changed = selected.of(id, selection).stream()
                .filter(item -> !wanted(item, parameters, replaces).equals(item.parameters()))
                .toList();
        DataRoots present = roots.now();
        Set<JsonObject> fine = new HashSet<>();
        for (Item item : changed) {
            JsonObject wanted = wanted(item, parameters, replaces);
            if (fine.add(wanted)) {
                check.check(batch.pipeline(), ParameterCheck.merge(List.of(batch.parameters(), wanted)), present);
            }
            item.setParameters(wanted);
        }
        entities.flush();
        changed.forEach(item -> events.add("item", id.value(), item.id().value(), "edited by " + who));
        audit.add(who, "items edited", id.toString(), summary(changed.size(), parameters, replaces));
        return changed.size();
    }

    private static JsonObject wanted(Item item, JsonObject parameters, boolean replaces) {
        return replaces ? parameters : ParameterCheck.merge(List.of(item.parameters(), parameters));
    }

    private static JsonObject summary(int items, JsonObject parameters, boolean replaces) {
        return Json.createObjectBuilder()
                .add("items", items)
                .add("parameters", parameters)
                .add("replaced", replaces)
                .build();
    }
}
