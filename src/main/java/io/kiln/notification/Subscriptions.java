package io.kiln.notification;

import io.kiln.access.NotYoursException;
import io.kiln.access.Requester;
import io.kiln.event.AuditLog;
import io.kiln.persistence.Page;
import io.kiln.persistence.PageRequest;
import io.kiln.persistence.Sql;
import io.kiln.persistence.UnknownIdException;
import io.kiln.pipeline.InputRejectedException;
import io.kiln.run.BatchId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Who wants to be told what. Everybody has their own; administrators see and remove all. */
@ApplicationScoped
@Transactional
public class Subscriptions {
    private final Sql sql;
    private final Addresses addresses;
    private final AuditLog audit;

    /** For the container's proxy only. */
    protected Subscriptions() {
        this(null, null, null);
    }

    @Inject
    public Subscriptions(Sql sql, Addresses addresses, AuditLog audit) {
        this.sql = sql;
        this.addresses = addresses;
        this.audit = audit;
    }

    /**
     * A subscription that was just made.
     *
     * @param secret what webhooks are signed with; it can be told this once. Empty for mail
     */
    public record Made(Subscription subscription, Optional<String> secret) {}

    /** Newest first. */
    public Page<Subscription> list(PageRequest page, Requester who) {
        return Page.of(
                sql.list(
                        Subscriptions::read,
                        "select * from subscription where seq < ? and (owner = ? or ?) order by seq desc limit ?",
                        page.after() == null ? Long.MAX_VALUE : page.after(),
                        who.name(),
                        who.isAdministrator(),
                        page.limit() + 1),
                page.limit(),
                Subscription::sequence);
    }

    /**
     * @param batch empty for every batch that the owner makes
     * @throws InputRejectedException when nothing can be sent there, or no occasion is named
     * @throws UnknownIdException when there is no such batch
     */
    public Made add(String owner, Optional<BatchId> batch, Set<Occasion> occasions, Channel channel, String address) {
        if (occasions.isEmpty()) {
            throw new InputRejectedException(
                    "a subscription needs at least one of " + Arrays.toString(Occasion.values()));
        }
        addresses.require(channel, address);
        batch.filter(id -> !sql.exists("select 1 from batch where id = ?", id.value()))
                .ifPresent(id -> {
                    throw new UnknownIdException("batch", id);
                });
        Optional<String> secret = channel == Channel.WEBHOOK ? Optional.of(Signature.newSecret()) : Optional.empty();
        SubscriptionId id = new SubscriptionId(UUID.randomUUID());
        sql.update(
                "insert into subscription (id, owner, batch, occasions, channel, address, secret)"
                        + " values (?, ?, ?, ?, ?, ?, ?)",
                id.value(),
                owner,
                batch.map(BatchId::value).orElse(null),
                occasions.stream().map(Occasion::name).toArray(String[]::new),
                channel,
                address,
                secret.orElse(null));
        Subscription made = get(id);
        audit.add(owner, "subscription added", id.toString(), document(made));
        return new Made(made, secret);
    }

    /** @throws NotYoursException when it is somebody else's */
    public void remove(SubscriptionId id, Requester who) {
        Subscription present = get(id);
        if (!who.mayChangeWhatIsOf(present.owner())) {
            throw new NotYoursException("subscription " + id, present.owner());
        }
        sql.update("delete from subscription where id = ?", id.value());
        audit.add(who.name(), "subscription removed", id.toString(), document(present));
    }

    private Subscription get(SubscriptionId id) {
        return sql.first(Subscriptions::read, "select * from subscription where id = ?", id.value())
                .orElseThrow(() -> new UnknownIdException("subscription", id));
    }

    private static JsonObject document(Subscription subscription) {
        return Json.createObjectBuilder()
                .add("owner", subscription.owner())
                .add("batch", subscription.batch().map(BatchId::toString).orElse("all own"))
                .add("channel", subscription.channel().name())
                .add("address", subscription.address())
                .build();
    }

    private static Subscription read(ResultSet row) throws SQLException {
        Set<Occasion> occasions = EnumSet.noneOf(Occasion.class);
        for (String name : (String[]) row.getArray("occasions").getArray()) {
            occasions.add(Occasion.valueOf(name));
        }
        return new Subscription(
                new SubscriptionId(row.getObject("id", UUID.class)),
                row.getLong("seq"),
                row.getString("owner"),
                Optional.ofNullable(row.getObject("batch", UUID.class)).map(BatchId::new),
                occasions,
                Channel.valueOf(row.getString("channel")),
                row.getString("address"),
                row.getTimestamp("created_at").toInstant());
    }
}
