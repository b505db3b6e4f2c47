package io.kiln.root;

import io.kiln.persistence.UnknownIdException;
import io.kiln.pipeline.InputRejectedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The data roots of one moment, and the only way from a path that somebody gives to a place that Kiln may touch. */
public final class DataRoots {
    /** One place for each path: that of the innermost root; what a root has in itself goes before what another grants beside it. */
    private static final Comparator<Location> INNERMOST =
            Comparator.<Location>comparingInt(place -> place.path().length()).thenComparing(Location::area);

    private final List<DataRoot> roots;
    private final Path home;

    /** @param home Kiln's own */
    DataRoots(List<DataRoot> roots, Path home) {
        this.roots = List.copyOf(roots);
        this.home = real(home);
    }

    /**
     * The place of a path, links resolved. The path need not exist: then its nearest existing folder counts. A root that contains Kiln's home grants
     * nothing in there: secrets and the database are no data.
     *
     * @throws OutsideRootsException naming the roots, when it lies in none
     */
    public Location resolve(Path path) {
        return find(path).orElseThrow(() -> outside(path));
    }

    /** The same; empty when it lies in none. */
    public Optional<Location> find(Path path) {
        return innermost(real(unmapped(path)));
    }

    /**
     * The same place, links resolved, as its innermost root has it: two that are equal are one on the disk, and two that are not are two.
     *
     * @throws OutsideRootsException naming the roots, when a link leads out of them
     */
    public Location canonical(Location place) {
        Path path = path(place);
        return innermost(real(path)).orElseThrow(() -> outside(path));
    }

    /** The root that has a folder in itself, not only beside it. */
    Optional<DataRoot> around(Path real) {
        return innermost(real)
                .filter(place -> place.area() == Area.INSIDE)
                .map(Location::root)
                .map(this::get);
    }

    /**
     * An area of a root that lies in an area of another.
     *
     * @param outer where the inner one begins, as the other root has it
     */
    record Overlap(RootId inner, Area area, Location outer) {}

    /** All of them, the innermost first. */
    List<Overlap> overlaps() {
        return roots.stream()
                .flatMap(root -> Stream.of(Area.values()).flatMap(area -> overlaps(root, area)))
                .sorted(Comparator.comparingInt((Overlap one) ->
                                get(one.inner()).area(one.area()).getNameCount())
                        .reversed()
                        .thenComparing(Overlap::area))
                .toList();
    }

    private Stream<Overlap> overlaps(DataRoot inner, Area area) {
        Location beginning = new Location(inner.id(), area, "");
        return places(inner.area(area))
                .filter(outer -> INNERMOST.compare(beginning, outer) < 0)
                .map(outer -> new Overlap(inner.id(), area, outer));
    }

    /**
     * Where a place is on this server, absolute.
     *
     * @throws UnknownIdException when its root is none of these
     */
    public Path path(Location place) {
        return get(place.root()).area(place.area()).resolve(place.path());
    }

    private DataRoot get(RootId id) {
        return roots.stream()
                .filter(root -> root.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new UnknownIdException("data root", id));
    }

    private Optional<Location> innermost(Path real) {
        return places(real).min(INNERMOST);
    }

    /** Whether an absolute path lies in one of the roots, links resolved. */
    public boolean contain(Path path) {
        return places(real(path)).findAny().isPresent();
    }

    /**
     * The absolute path, which lies in one of the roots, links resolved: who may write in a root may have put a link there since.
     *
     * @throws OutsideRootsException naming the roots, when it lies in none
     */
    public Path confined(Path path) {
        if (!contain(path)) {
            throw outside(path);
        }
        return path;
    }

    private OutsideRootsException outside(Path path) {
        return new OutsideRootsException(
                path, roots.stream().map(DataRoot::path).toList());
    }

    private Stream<Location> places(Path real) {
        return roots.stream()
                .flatMap(root -> Stream.of(Area.values())
                        .filter(area -> real.startsWith(root.area(area)) && !reachesHome(root.area(area), real))
                        .map(area -> new Location(
                                root.id(),
                                area,
                                root.area(area).relativize(real).toString())));
    }

    private boolean reachesHome(Path root, Path real) {
        return home.startsWith(root) && real.startsWith(home);
    }

    /** A relative path is looked for in the roots; the first that has it wins, else the first root. */
    private Path unmapped(Path path) {
        if (!path.isAbsolute()) {
            return roots.stream()
                    .map(root -> root.path().resolve(path))
                    .filter(Files::exists)
                    .findFirst()
                    .or(() -> roots.stream().findFirst().map(root -> root.path().resolve(path)))
                    .orElse(path.toAbsolutePath());
        }
        for (DataRoot root : roots) {
            for (Path alias : root.aliases()) {
                if (path.startsWith(alias)) {
                    return root.path().resolve(alias.relativize(path).toString());
                }
            }
        }
        return path;
    }

    /** What a path leads to, links resolved; of one that does not exist as far as it does. */
    static Path real(Path path) {
        Path normal = path.toAbsolutePath().normalize();
        Path existing = normal;
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        try {
            return existing.toRealPath()
                    .resolve(existing.relativize(normal).toString())
                    .normalize();
        } catch (IOException e) {
            throw new InputRejectedException("cannot follow '" + path + "': " + e.getMessage(), e);
        }
    }
}
