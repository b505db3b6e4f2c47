package io.kiln.target;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;

/** Every target that this node serves, by its name. */
@ApplicationScoped
public class Targets {
    private final List<Target> targets;

    /** For the container's proxy only. */
    protected Targets() {
        this(List.of());
    }

    @Inject
    Targets(@Any Instance<Target> known) {
        this(known.stream().toList());
    }

    /** @throws IllegalArgumentException when two targets have the same name */
    public Targets(List<Target> known) {
        targets = known.stream()
                .sorted(Comparator.comparing(target -> target.name().value()))
                .toList();
        List<TargetName> names = targets.stream().map(Target::name).toList();
        if (names.stream().distinct().count() < names.size()) {
            throw new IllegalArgumentException("two targets have the same name: " + names);
        }
    }

    /** The names of all, sorted. */
    public List<TargetName> names() {
        return targets.stream().map(Target::name).toList();
    }

    /** @throws UnknownTargetException when there is none of this name */
    public Target get(TargetName name) {
        return targets.stream()
                .filter(target -> target.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UnknownTargetException(name, names()));
    }

    /** @throws UnknownTargetException when there is none of this name */
    public void require(TargetName name) {
        get(name);
    }
}
