package io.kiln.security.token;

import io.kiln.access.NotYoursException;
import io.kiln.access.Requester;
import io.kiln.event.AuditLog;
import io.kiln.persistence.Page;
import io.kiln.persistence.PageRequest;
import io.kiln.persistence.Sql;
import io.kiln.persistence.UnknownIdException;
import io.kiln.security.Role;
import io.kiln.security.user.Accounts;
import io.kiln.security.user.User;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Optional;
import java.util.UUID;

/** The tokens that there are. A token is worth something only while its owner is the user who made it, and until it expires. */
@ApplicationScoped
@Transactional
public class Tokens {
    private static final String USED = "update token set last_used_at = clock_timestamp() where id = ?"
            + " and (last_used_at is null or last_used_at < clock_timestamp() - interval '1 minute')";

    private final Sql sql;
    private final Accounts accounts;
    private final AuditLog audit;

    /** For the container's proxy only. */
    protected Tokens() {
        this(null, null, null);
    }

    @Inject
    public Tokens(Sql sql, Accounts accounts, AuditLog audit) {
        this.sql = sql;
        this.accounts = accounts;
        this.audit = audit;
    }

    /**
     * A token that was just made.
     *
     * @param secret what it is used by; it can be told this once
     */
    public record Made(Token token, String secret) {}

    /** Somebody who sent a token. */
    public record Bearer(String name, Role role) {}

    /**
     * Makes a token.
     *
     * @param role that requests with it have; not above the owner's
     * @param days for how long it is good, from 1
     * @throws io.kiln.security.user.UserRefusedException when the owner is no user of this realm
     */
    public Made make(String owner, String name, Role role, int days) {
        Secret secret = Secret.random();
        TokenId id = new TokenId(UUID.randomUUID());
        sql.update(
                "insert into token (id, owner, owner_serial, name, role, digest, expires_at)"
                        + " values (?, ?, ?, ?, ?, ?, clock_timestamp() + ? * interval '1 day')",
                id.value(),
                owner,
                accounts.get(owner).serial(),
                name,
                role,
                secret.digest(),
                days);
        Token token = find(id).orElseThrow();
        audit.add(owner, "create token", id.toString(), document(token));
        return new Made(token, secret.text());
    }

    /** Newest first; administrators see everybody's. */
    public Page<Token> list(PageRequest page, Requester who) {
        return Page.of(
                sql.list(
                        Tokens::read,
                        "select * from token where seq < ? and (owner = ? or ?) order by seq desc limit ?",
                        page.after() == null ? Long.MAX_VALUE : page.after(),
                        who.name(),
                        who.isAdministrator(),
                        page.limit() + 1),
                page.limit(),
                Token::sequence);
    }

    /**
     * Makes a token worthless.
     *
     * @throws UnknownIdException when there is no such token
     * @throws NotYoursException when it is somebody else's
     */
    public void revoke(TokenId id, Requester who) {
        Token token = find(id).orElseThrow(() -> new UnknownIdException("token", id));
        if (!who.mayChangeWhatIsOf(token.owner())) {
            throw new NotYoursException("token " + id, token.owner());
        }
        sql.update("delete from token where id = ?", id.value());
        audit.add(who.name(), "revoke token", id.toString(), document(token));
    }

    /** Who sends this secret; empty where it is none, expired, revoked, or its owner is gone. */
    public Optional<Bearer> bearer(String text) {
        if (!text.startsWith(Secret.PREFIX)) {
            return Optional.empty();
        }
        return sql.first(Kept::read, "select * from token where digest = ? and expires_at > clock_timestamp()", (Object)
                        new Secret(text).digest())
                .flatMap(this::bearer);
    }

    private Optional<Bearer> bearer(Kept kept) {
        Optional<User> owner =
                accounts.find(kept.token().owner()).filter(user -> user.serial().equals(kept.ownerSerial()));
        owner.ifPresent(user -> sql.update(USED, kept.token().id().value()));
        return owner.map(user ->
                new Bearer(user.name(), Role.lower(user.role(), kept.token().role())));
    }

    /** @param ownerSerial of the user who made it */
    private record Kept(Token token, String ownerSerial) {
        static Kept read(ResultSet row) throws SQLException {
            return new Kept(Tokens.read(row), row.getString("owner_serial"));
        }
    }

    private Optional<Token> find(TokenId id) {
        return sql.first(Tokens::read, "select * from token where id = ?", id.value());
    }

    private static JsonObject document(Token token) {
        return Json.createObjectBuilder()
                .add("name", token.name())
                .add("owner", token.owner())
                .add("role", token.role().id())
                .add("expiresAt", token.expiresAt().toString())
                .build();
    }

    private static Token read(ResultSet row) throws SQLException {
        return new Token(
                new TokenId(row.getObject("id", UUID.class)),
                row.getLong("seq"),
                row.getString("owner"),
                row.getString("name"),
                Role.valueOf(row.getString("role")),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("expires_at").toInstant(),
                Optional.ofNullable(row.getTimestamp("last_used_at")).map(Timestamp::toInstant));
    }
}
