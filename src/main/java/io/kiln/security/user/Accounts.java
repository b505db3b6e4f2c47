package io.kiln.security.user;

import io.kiln.event.AuditLog;
import io.kiln.security.Role;
import io.kiln.security.user.UserRefusedException.Reason;
import io.kiln.settings.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.wildfly.security.auth.server.RealmUnavailableException;

/** Who may sign in at this server, changed while it runs; every change is in the audit, without passwords. */
@ApplicationScoped
public class Accounts {
    private final Users users;
    private final AuditLog audit;

    /** For the container's proxy only. */
    protected Accounts() {
        this.users = null;
        this.audit = null;
    }

    @Inject
    public Accounts(Settings settings, AuditLog audit) {
        this.users = new Users(settings.home().resolve("users"));
        this.audit = audit;
    }

    /** Something asked of the realm, whose files may be unreadable. */
    private interface RealmCall<T> {
        T call() throws RealmUnavailableException;
    }

    /** By name. */
    public List<User> list() {
        return realm(() -> users.list().keySet()).stream()
                .map(this::find)
                .flatMap(Optional::stream)
                .toList();
    }

    public Optional<User> find(String name) {
        return realm(() -> users.find(name));
    }

    /** @throws UserRefusedException when there is no such user */
    public User get(String name) {
        return find(name)
                .orElseThrow(() -> new UserRefusedException(
                        Reason.UNKNOWN, "there is no user '" + name + "'; GET /api/users lists them"));
    }

    /** @throws UserRefusedException when the name is taken, or name or password cannot be one */
    public User add(String name, Role role, String password, String who) {
        realm(() -> {
            users.add(name, role, password);
            return name;
        });
        audit.add(who, "add user", name, role(role));
        return get(name);
    }

    /** @throws UserRefusedException when it is the last administrator */
    public void setRole(String name, Role role, String who) {
        realm(() -> {
            users.setRole(name, role);
            return name;
        });
        audit.add(who, "change role", name, role(role));
    }

    /** @throws UserRefusedException when the password cannot be one */
    public void setPassword(String name, String password, String who) {
        realm(() -> {
            users.setPassword(name, password);
            return name;
        });
        audit.add(who, "change password", name, JsonValue.EMPTY_JSON_OBJECT);
    }

    /**
     * A user changes their own password.
     *
     * @param present what it is
     * @throws UserRefusedException when that is wrong, or the new one cannot be one
     */
    public void changePassword(String name, String present, String wanted) {
        if (!realm(() -> users.isPassword(name, present))) {
            audit.add(name, "change password refused", name, JsonValue.EMPTY_JSON_OBJECT);
            throw new UserRefusedException(Reason.NOT_ACCEPTABLE, "the present password is another one");
        }
        setPassword(name, wanted, name);
    }

    /** @throws UserRefusedException when it is the last administrator */
    public void remove(String name, String who) {
        realm(() -> {
            users.remove(name);
            return name;
        });
        audit.add(who, "remove user", name, JsonValue.EMPTY_JSON_OBJECT);
    }

    private static JsonObject role(Role role) {
        return Json.createObjectBuilder().add("role", role.id()).build();
    }

    private static <T> T realm(RealmCall<T> call) {
        try {
            return call.call();
        } catch (RealmUnavailableException e) {
            throw new UncheckedIOException("the users' files cannot be read or written", e);
        }
    }
}
