package io.kiln.root;

import io.kiln.event.AuditLog;
import io.kiln.persistence.UnknownIdException;
import io.kiln.pipeline.InputRejectedException;
import io.kiln.settings.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonValue;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The data roots, from which every path that somebody gives is resolved. Roots change while the server runs. */
@ApplicationScoped
@Transactional
public class DataRootService {
    private static final String IN_USE =
            "select exists (select 1 from batch where output_root = ?1) or exists (select 1 from batch_folder where root"
                    + " = ?1) or exists (select 1 from item where input_root = ?1) or exists (select 1 from run where input_root = ?1 or output_root = ?1)";

    /** Those who change the roots go one after another: each has to see what the other has added. */
    private static final String LOCK = "lock table data_root in share row exclusive mode";

    private static final String LOCK_BATCHES = "select id from batch order by id for update";

    private final EntityManager entities;
    private final KeptPlaces kept;
    private final AuditLog audit;
    private final Settings settings;

    /** For the container's proxy only. */
    protected DataRootService() {
        this(null, null, null, null);
    }

    @Inject
    DataRootService(EntityManager entities, KeptPlaces kept, AuditLog audit, Settings settings) {
        this.entities = entities;
        this.kept = kept;
        this.audit = audit;
        this.settings = settings;
    }

    /** All roots by path. */
    public List<DataRoot> list() {
        return entities.createQuery("select r from DataRoot r order by r.path", DataRoot.class)
                .getResultList();
    }

    /** @throws UnknownIdException when there is no such root */
    public DataRoot get(RootId id) {
        return Optional.ofNullable(entities.find(DataRoot.class, id.value()))
                .orElseThrow(() -> new UnknownIdException("data root", id));
    }

    /**
     * Makes a folder a root; one that is a root already, or for data lies in one, is left as it is.
     *
     * @return the root that the folder is, or lies in
     * @throws InputRejectedException when it is no folder, or in what another root is mapped from
     */
    public DataRoot add(Path folder, DataRoot.Kind kind, String who) {
        Path real = realFolder(folder);
        lock();
        Optional<DataRoot> present = kind == DataRoot.Kind.DATA ? now().around(real) : at(real);
        if (present.isPresent()) {
            return present.get();
        }
        DataRoot root = new DataRoot(real, kind);
        requireUnmapped(real, root.id());
        entities.persist(root);
        settle();
        audit.add(
                who,
                "add data root",
                real.toString(),
                Json.createObjectBuilder().build());
        return root;
    }

    /**
     * The root's files are elsewhere now; everything that refers to it goes on there.
     *
     * @throws InputRejectedException when that is no folder, another root, or in what another root is mapped from
     */
    public DataRoot move(RootId id, Path folder, String who) {
        Path real = realFolder(folder);
        lock();
        lockBatches();
        DataRoot root = get(id);
        Path from = root.path();
        at(real).filter(other -> !other.id().equals(id)).ifPresent(other -> {
            throw new InputRejectedException("'" + folder + "' is data root " + other.id() + " already");
        });
        requireUnmapped(real, id);
        root.moveTo(real);
        settle();
        audit.add(
                who,
                "move data root",
                root.path().toString(),
                Json.createObjectBuilder().add("from", from.toString()).build());
        return root;
    }

    /**
     * People may also name the root by this folder, for example as another machine mounts it.
     *
     * @throws InputRejectedException when paths below it would mean something already
     */
    public DataRoot map(RootId id, Path alias, String who) {
        if (!alias.isAbsolute()) {
            throw new InputRejectedException("'" + alias + "' is relative; a root is mapped from an absolute folder");
        }
        lock();
        DataRoot root = get(id);
        requireMeaningless(alias, alias.normalize(), id);
        requireMeaningless(alias, DataRoots.real(alias), id);
        root.addAlias(alias.normalize());
        entities.flush();
        audit.add(
                who,
                "map data root",
                root.path().toString(),
                Json.createObjectBuilder().add("alias", alias.toString()).build());
        return root;
    }

    public DataRoot unmap(RootId id, Path alias, String who) {
        DataRoot root = get(id);
        root.removeAlias(alias.normalize());
        entities.flush();
        audit.add(
                who,
                "unmap data root",
                root.path().toString(),
                Json.createObjectBuilder().add("alias", alias.toString()).build());
        return root;
    }

    /**
     * Kiln may touch the root's folder no more; its files stay.
     *
     * @throws RootInUseException while items, batches or runs refer to it
     */
    public void remove(RootId id, String who) {
        lock();
        DataRoot root = get(id);
        boolean inUse = (Boolean) entities.createNativeQuery(IN_USE, Boolean.class)
                .setParameter(1, id.value())
                .getSingleResult();
        if (inUse) {
            throw new RootInUseException(root);
        }
        entities.remove(root);
        entities.flush();
        audit.add(who, "remove data root", root.path().toString(), JsonValue.EMPTY_JSON_OBJECT);
    }

    /** Expresses what refers to the roots as the innermost of them have it. */
    public void settle() {
        lock();
        entities.flush();
        DataRoots present = now();
        if (!present.overlaps().isEmpty()) {
            lockBatches();
            kept.settle(present);
        }
    }

    /** Who changes items locks their batch first: so do those who change the roots that they lie in. */
    private void lockBatches() {
        entities.createNativeQuery(LOCK_BATCHES, UUID.class).getResultList();
    }

    private void lock() {
        entities.createNativeQuery(LOCK).executeUpdate();
    }

    /** The roots as they are now, for many paths at once. */
    public DataRoots now() {
        return new DataRoots(list(), settings.home());
    }

    /**
     * The place of a path, as {@link DataRoots#resolve} finds it.
     *
     * @throws OutsideRootsException naming the roots, when it lies in none
     */
    public Location resolve(Path path) {
        return now().resolve(path);
    }

    /** Where a place is on this server, absolute. */
    public Path path(Location place) {
        return get(place.root()).area(place.area()).resolve(place.path());
    }

    /** An alias is looked at before what is really there. */
    private void requireMeaningless(Path alias, Path folder, RootId of) {
        for (DataRoot root : list()) {
            boolean isOthersAlias = !root.id().equals(of) && root.isMappedFrom(folder);
            if (isOthersAlias || root.isReachedBy(folder)) {
                throw new InputRejectedException("'" + alias + "' is, contains or lies in what data root " + root.path()
                        + " is known by; map another folder, or move or unmap that root first");
            }
        }
    }

    private void requireUnmapped(Path real, RootId id) {
        for (DataRoot root : list()) {
            if (!root.id().equals(id) && root.isMappedFrom(real)) {
                throw new InputRejectedException("'" + real + "' cannot be a data root: data root " + root.path()
                        + " is mapped from it, or from a folder in or around it; unmap that one first");
            }
        }
    }

    private Optional<DataRoot> at(Path real) {
        return list().stream().filter(root -> root.path().equals(real)).findFirst();
    }

    private static Path realFolder(Path folder) {
        if (!folder.isAbsolute()) {
            throw new InputRejectedException("'" + folder + "' cannot be a data root: name it from / on");
        }
        try {
            Path real = folder.toRealPath();
            if (!Files.isDirectory(real)) {
                throw new InputRejectedException("'" + folder + "' cannot be a data root: it is no folder");
            }
            if (real.getParent() == null) {
                throw new InputRejectedException("'" + folder + "' cannot be a data root: name a folder below /");
            }
            return real;
        } catch (IOException e) {
            throw new InputRejectedException("'" + folder + "' cannot be a data root: no such folder", e);
        }
    }
}
