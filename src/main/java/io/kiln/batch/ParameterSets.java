package io.kiln.batch;

import io.kiln.access.NotYoursException;
import io.kiln.access.Requester;
import io.kiln.event.AuditLog;
import io.kiln.persistence.JsonColumn;
import io.kiln.persistence.Page;
import io.kiln.persistence.PageRequest;
import io.kiln.persistence.Sql;
import io.kiln.persistence.UnknownIdException;
import io.kiln.persistence.VersionConflictException;
import io.kiln.pipeline.InputRejectedException;
import io.kiln.pipeline.PipelineName;
import io.kiln.root.DataRootService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** Parameters kept under names. Everybody sees their own and those that are shared; administrators see all. */
@ApplicationScoped
@Transactional
public class ParameterSets {
    private static final String VISIBLE = " (shared or owner = ? or ?)";

    private final Sql sql;
    private final ParameterCheck check;
    private final DataRootService roots;
    private final AuditLog audit;

    /** For the container's proxy only. */
    protected ParameterSets() {
        this(null, null, null, null);
    }

    @Inject
    public ParameterSets(Sql sql, ParameterCheck check, DataRootService roots, AuditLog audit) {
        this.sql = sql;
        this.check = check;
        this.roots = roots;
        this.audit = audit;
    }

    /**
     * Newest first.
     *
     * @param pipeline only sets for this one, and for any; empty for all
     */
    public Page<ParameterSet> list(Optional<PipelineName> pipeline, PageRequest page, Requester who) {
        String wanted = pipeline.map(PipelineName::value).orElse(null);
        return Page.of(
                sql.list(
                        ParameterSets::read,
                        "select * from parameter_set where seq < ? and (cast(? as text) is null or pipeline is null"
                                + " or pipeline = ?) and" + VISIBLE + " order by seq desc limit ?",
                        page.after() == null ? Long.MAX_VALUE : page.after(),
                        wanted,
                        wanted,
                        who.name(),
                        who.isAdministrator(),
                        page.limit() + 1),
                page.limit(),
                ParameterSet::sequence);
    }

    /** @throws UnknownIdException when there is no such set that the requester may see */
    public ParameterSet get(ParameterSetId id, Requester who) {
        return sql.first(
                        ParameterSets::read,
                        "select * from parameter_set where id = ? and" + VISIBLE,
                        id.value(),
                        who.name(),
                        who.isAdministrator())
                .orElseThrow(() -> new UnknownIdException("parameter set", id));
    }

    /**
     * @throws io.kiln.pipeline.InvalidParametersException with every problem of its parameters
     * @throws InputRejectedException when its name is not fine, or the requester has one of that name
     */
    public ParameterSet create(ParameterSet.Content content, Requester who) {
        Names.requireVisible("the parameter set's name", content.name());
        require(content);
        ParameterSetId id = new ParameterSetId(UUID.randomUUID());
        int added = sql.update(
                "insert into parameter_set (id, name, pipeline, parameters, shared, owner)"
                        + " values (?, ?, ?, cast(? as jsonb), ?, ?) on conflict (owner, name) do nothing",
                id.value(),
                content.name(),
                content.pipeline().map(PipelineName::value).orElse(null),
                content.parameters().toString(),
                content.isShared(),
                who.name());
        if (added == 0) {
            throw taken(content, who.name());
        }
        audit.add(who.name(), "parameter set created", id.toString(), document(content));
        return get(id, who);
    }

    /**
     * @param version that the edit was made on
     * @throws VersionConflictException when the set has changed since
     * @throws NotYoursException when it is somebody else's
     */
    public ParameterSet edit(ParameterSetId id, int version, ParameterSet.Content content, Requester who) {
        ParameterSet present = own(id, who);
        if (!content.name().equals(present.content().name())) {
            Names.requireVisible("the parameter set's name", content.name());
        }
        require(content);
        if (sql.exists(
                "select 1 from parameter_set where owner = ? and name = ? and id <> ?",
                present.owner(),
                content.name(),
                id.value())) {
            throw taken(content, present.owner());
        }
        int changed = sql.update(
                "update parameter_set set name = ?, pipeline = ?, parameters = cast(? as jsonb), shared = ?,"
                        + " version = version + 1, changed_at = clock_timestamp() where id = ? and version = ?",
                content.name(),
                content.pipeline().map(PipelineName::value).orElse(null),
                content.parameters().toString(),
                content.isShared(),
                id.value(),
                version);
        if (changed == 0) {
            throw new VersionConflictException(
                    version, present.version(), document(content), document(present.content()));
        }
        audit.add(who.name(), "parameter set edited", id.toString(), document(content));
        return get(id, who);
    }

    /** @throws NotYoursException when it is somebody else's */
    public void delete(ParameterSetId id, Requester who) {
        ParameterSet present = own(id, who);
        sql.update("delete from parameter_set where id = ?", id.value());
        audit.add(who.name(), "parameter set deleted", id.toString(), document(present.content()));
    }

    private ParameterSet own(ParameterSetId id, Requester who) {
        ParameterSet present = get(id, who);
        if (!who.mayChangeWhatIsOf(present.owner())) {
            throw new NotYoursException("parameter set '" + present.content().name() + "'", present.owner());
        }
        return present;
    }

    private void require(ParameterSet.Content content) {
        String name = content.name();
        if (name.isBlank() || name.length() > ParameterSet.LONGEST_NAME) {
            throw new InputRejectedException(
                    "a parameter set needs a name of 1 to " + ParameterSet.LONGEST_NAME + " characters");
        }
        check.check(content.pipeline(), content.parameters(), roots.now());
    }

    private static InputRejectedException taken(ParameterSet.Content content, String owner) {
        return new InputRejectedException(owner + " has a parameter set '" + content.name()
                + "' already; choose another name, or change that one");
    }

    private static JsonObject document(ParameterSet.Content content) {
        JsonObjectBuilder document = Json.createObjectBuilder().add("name", content.name());
        content.pipeline().ifPresent(pipeline -> document.add("pipeline", pipeline.value()));
        return document.add("parameters", content.parameters())
                .add("shared", content.isShared())
                .build();
    }

    private static ParameterSet read(ResultSet row) throws SQLException {
        return new ParameterSet(
                new ParameterSetId(row.getObject("id", UUID.class)),
                row.getLong("seq"),
                new ParameterSet.Content(
                        row.getString("name"),
                        Optional.ofNullable(row.getString("pipeline")).map(PipelineName::new),
                        JsonColumn.parse(row.getString("parameters")),
                        row.getBoolean("shared")),
                row.getString("owner"),
                row.getInt("version"),
                row.getTimestamp("changed_at").toInstant());
    }
}
