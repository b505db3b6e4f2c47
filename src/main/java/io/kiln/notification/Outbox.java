package io.kiln.notification;

import io.kiln.access.Requester;
import io.kiln.job.RunId;
import io.kiln.persistence.JsonColumn;
import io.kiln.persistence.Page;
import io.kiln.persistence.PageRequest;
import io.kiln.persistence.Sql;
import io.kiln.run.BatchId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Optional;
import java.util.UUID;

/**
 * What is to be sent, and what was. A message is taken for a while: who took it says how it went; who died before that leaves it to others when the while is
 * over. So each is sent at least once.
 */
@ApplicationScoped
@Transactional
public class Outbox {
    static final int MOST_ATTEMPTS = 8;

    private static final String TAKE = "with due as (select id from notification where state = 'PENDING'"
            + " and due_at <= clock_timestamp() order by due_at limit 1 for update skip locked)"
            + " update notification n set attempts = attempts + 1, due_at = clock_timestamp() + interval '2 minutes'"
            + " from due, subscription s where n.id = due.id and s.id = n.subscription"
            + " returning n.id, n.occasion, s.channel, s.owner, s.address, s.secret, n.subject, n.content, n.attempts";

    private static final String FAILED = "update notification set outcome = ?,"
            + " state = case when attempts >= ? then 'FAILED' else 'PENDING' end,"
            + " ended_at = case when attempts >= ? then clock_timestamp() end,"
            + " due_at = clock_timestamp() + least(3600, 15 * power(2, attempts - 1)) * interval '1 second'"
            + " where id = ? and state = 'PENDING'";

    private final Sql sql;

    /** For the container's proxy only. */
    protected Outbox() {
        this(null);
    }

    @Inject
    public Outbox(Sql sql) {
        this.sql = sql;
    }

    /** Takes a message that is due, one at a time, so that none waits behind others until its while is over; nobody else gets it meanwhile. */
    Optional<Message> take() {
        return sql.first(
                row -> new Message(
                        row.getLong("id"),
                        Occasion.valueOf(row.getString("occasion")),
                        Channel.valueOf(row.getString("channel")),
                        row.getString("owner"),
                        row.getString("address"),
                        row.getString("secret"),
                        row.getString("subject"),
                        JsonColumn.parse(row.getString("content")),
                        row.getInt("attempts")),
                TAKE);
    }

    void sent(Message message, String outcome) {
        sql.update(
                "update notification set state = 'SENT', outcome = ?, ended_at = clock_timestamp() where id = ?",
                outcome,
                message.id());
    }

    /** It is tried again after 15 s, 30 s, 1 min, … up to an hour, {@link #MOST_ATTEMPTS} times in all. */
    void failed(Message message, String outcome) {
        sql.update(FAILED, outcome, MOST_ATTEMPTS, MOST_ATTEMPTS, message.id());
    }

    /** It will never be sent. */
    void dropped(Message message, String outcome) {
        sql.update(
                "update notification set state = 'FAILED', outcome = ?, ended_at = clock_timestamp() where id = ?",
                outcome,
                message.id());
    }

    /** Forgets those that are over and older than so many days. */
    void forget(int days) {
        sql.update(
                "delete from notification where state <> 'PENDING' and created_at < clock_timestamp() - ? * interval '1 day'",
                days);
    }

    /** Newest first: one's own, and for administrators everybody's. */
    public Page<Notification> list(PageRequest page, Requester who) {
        return Page.of(
                sql.list(
                        Outbox::read,
                        "select n.* from notification n join subscription s on s.id = n.subscription"
                                + " where n.id < ? and (s.owner = ? or ?) order by n.id desc limit ?",
                        page.after() == null ? Long.MAX_VALUE : page.after(),
                        who.name(),
                        who.isAdministrator(),
                        page.limit() + 1),
                page.limit(),
                Notification::id);
    }

    private static Notification read(ResultSet row) throws SQLException {
        return new Notification(
                row.getLong("id"),
                new SubscriptionId(row.getObject("subscription", UUID.class)),
                Occasion.valueOf(row.getString("occasion")),
                new BatchId(row.getObject("batch", UUID.class)),
                Optional.ofNullable(row.getObject("run", UUID.class)).map(RunId::new),
                row.getString("subject"),
                Notification.State.valueOf(row.getString("state")),
                row.getInt("attempts"),
                Optional.ofNullable(row.getString("outcome")),
                row.getTimestamp("created_at").toInstant(),
                Optional.ofNullable(row.getTimestamp("ended_at")).map(Timestamp::toInstant));
    }
}
