package io.kiln.run;

import io.kiln.job.RunId;
import io.kiln.persistence.Page;
import io.kiln.persistence.PageRequest;
import io.kiln.persistence.UnknownIdException;
import io.kiln.root.DataRootService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The runs that there are, as people see them. */
@ApplicationScoped
@Transactional
public class RunService {
    private final EntityManager entities;
    private final RunQueries queries;
    private final DataRootService roots;

    /** For the container's proxy only. */
    protected RunService() {
        this(null, null, null);
    }

    @Inject
    public RunService(EntityManager entities, RunQueries queries, DataRootService roots) {
        this.entities = entities;
        this.queries = queries;
        this.roots = roots;
    }

    /** @throws UnknownIdException when there is no such run */
    public RunView get(RunId id) {
        RunView view = queries.views(List.of(find(id))).stream()
                .findFirst()
                .orElseThrow(() -> new UnknownIdException("run", id));
        return new RunView(
                view.run(),
                view.itemName(),
                view.batchName(),
                view.reason(),
                view.progress(),
                view.skipped(),
                view.devices(),
                queries.executions(id));
    }

    /** Newest first. */
    public Page<RunView> list(RunFilter filter, PageRequest page) {
        TypedQuery<Run> query = entities.createQuery(
                "select r from Run r where r.seq < :before"
                        + (filter.batch().isPresent() ? " and r.batch = :batch" : "")
                        + (filter.state().isPresent() ? " and r.state = :state" : "")
                        + " order by r.seq desc",
                Run.class);
        query.setParameter("before", page.after() == null ? Long.MAX_VALUE : page.after());
        filter.batch().ifPresent(batch -> query.setParameter("batch", batch.value()));
        filter.state().ifPresent(state -> query.setParameter("state", state));
        Page<Run> runs = Page.of(query.setMaxResults(page.limit() + 1).getResultList(), page.limit(), Run::sequence);
        return new Page<>(queries.views(runs.items()), runs.next());
    }

    /** Where the run's input is, absolute. */
    public Path input(Run run) {
        return roots.path(run.input());
    }

    /** The published folder or file of a run, absolute; it exists once the run is completed. */
    public Path output(Run run) {
        return roots.path(run.outputFolder().resolve(run.output().path()));
    }

    /**
     * The same, to be opened.
     *
     * @throws UnknownIdException when the run has published none
     * @throws io.kiln.root.OutsideRootsException when a link leads out of the data roots there
     */
    public Path published(Run run) {
        if (!run.state().hasOutput()) {
            throw new UnknownIdException("published output of run", run.id() + "; it is " + run.state());
        }
        return roots.now().confined(output(run));
    }

    /** @throws UnknownIdException when there is no such run */
    public Run find(RunId id) {
        return Optional.ofNullable(entities.find(Run.class, id.value()))
                .orElseThrow(() -> new UnknownIdException("run", id));
    }
}
