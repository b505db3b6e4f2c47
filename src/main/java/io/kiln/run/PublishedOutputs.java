package io.kiln.run;

import io.kiln.job.OutputMetadata;
import io.kiln.job.RunId;
import io.kiln.pipeline.OutputName;
import io.kiln.root.DataRootService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What runs have published, as files. */
@ApplicationScoped
@Transactional
public class PublishedOutputs {
    private final EntityManager entities;
    private final RunService runs;
    private final DataRootService roots;

    /** For the container's proxy only. */
    protected PublishedOutputs() {
        this(null, null, null);
    }

    @Inject
    public PublishedOutputs(EntityManager entities, RunService runs, DataRootService roots) {
        this.entities = entities;
        this.runs = runs;
        this.roots = roots;
    }

    /**
     * What the completed runs of items have published and is still theirs by its metadata: folders, or files with the metadata and previews beside
     * them. Items without any are not in it.
     */
    public Map<ItemId, List<Path>> of(Collection<ItemId> items) {
        Map<ItemId, List<Run>> completed = entities.createQuery(
                        "select r from Run r where r.item in :items and r.state = :completed order by r.seq", Run.class)
                .setParameter("items", items.stream().map(ItemId::value).toList())
                .setParameter("completed", RunState.COMPLETED)
                .getResultStream()
                .collect(Collectors.groupingBy(Run::item));
        Map<ItemId, List<Path>> published = new HashMap<>();
        completed.forEach((item, runs) -> published.put(item, paths(runs)));
        return published;
    }

    private List<Path> paths(List<Run> ofItem) {
        Set<RunId> ids = ofItem.stream().map(Run::id).collect(Collectors.toSet());
        return ofItem.stream()
                .filter(run -> maker(run).filter(ids::contains).isPresent())
                .flatMap(this::parts)
                .distinct()
                .toList();
    }

    private Optional<RunId> maker(Run run) {
        try {
            return OutputMetadata.run(roots.path(run.outputFolder()), run.output());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read what made '" + runs.output(run) + "': " + e.getMessage(), e);
        }
    }

    private Stream<Path> parts(Run run) {
        OutputName output = run.output();
        Stream<String> parts = output.form() == OutputName.Form.FOLDER
                ? Stream.of(output.path())
                : Stream.of(output.metadataPath(), output.path(), output.previewPath());
        return parts.map(part -> roots.path(run.outputFolder().resolve(part)));
    }
}
