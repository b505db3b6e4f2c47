package io.kiln.root;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/** A folder that Kiln may read and write. */
@Entity
@Table(name = "data_root")
public class DataRoot {
    /** What a root is for. */
    public enum Kind {
        /** inputs, and the outputs beside them */
        DATA,
        /** outputs whose own root cannot be written */
        RESULTS
    }

    @Id
    private UUID id;

    private String path;

    @Enumerated(EnumType.STRING)
    private Kind kind;

    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(name = "data_root_alias", joinColumns = @JoinColumn(name = "root"))
    @Column(name = "alias")
    private Set<String> aliases = new TreeSet<>();

    @Version
    private int version;

    protected DataRoot() {}

    DataRoot(Path path, Kind kind) {
        this.id = UUID.randomUUID();
        this.path = path.toString();
        this.kind = kind;
    }

    public RootId id() {
        return new RootId(id);
    }

    /** Absolute, links resolved. */
    public Path path() {
        return Path.of(path);
    }

    public Kind kind() {
        return kind;
    }

    /** Absolute folders by which people know the root on other machines. */
    public Set<Path> aliases() {
        Set<Path> paths = new TreeSet<>();
        aliases.forEach(alias -> paths.add(Path.of(alias)));
        return paths;
    }

    public int version() {
        return version;
    }

    Path area(Area area) {
        return area.folder(path());
    }

    /** Whether a path, if it stood for another place, would hide some of this root. */
    boolean isReachedBy(Path path) {
        return Stream.of(Area.values()).map(this::area).anyMatch(folder -> overlap(folder, path));
    }

    /** Whether paths in a folder, or around it, stand for others in this root. */
    boolean isMappedFrom(Path folder) {
        return aliases().stream().anyMatch(alias -> overlap(alias, folder));
    }

    private static boolean overlap(Path one, Path other) {
        return one.startsWith(other) || other.startsWith(one);
    }

    void moveTo(Path folder) {
        path = folder.toString();
    }

    void addAlias(Path alias) {
        aliases.add(alias.toString());
    }

    void removeAlias(Path alias) {
        aliases.remove(alias.toString());
    }
}
