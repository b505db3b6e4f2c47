package io.kiln.security.user;

import io.kiln.security.Role;
import io.kiln.security.user.UserRefusedException.Reason;
import io.kiln.text.VisibleName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.wildfly.security.auth.principal.NamePrincipal;
import org.wildfly.security.auth.realm.FileSystemSecurityRealm;
import org.wildfly.security.auth.server.ModifiableRealmIdentity;
import org.wildfly.security.auth.server.ModifiableRealmIdentityIterator;
import org.wildfly.security.auth.server.RealmIdentity;
import org.wildfly.security.auth.server.RealmUnavailableException;
import org.wildfly.security.authz.Attributes;
import org.wildfly.security.authz.MapAttributes;
import org.wildfly.security.credential.PasswordCredential;
import org.wildfly.security.evidence.PasswordGuessEvidence;
import org.wildfly.security.password.Password;
import org.wildfly.security.password.PasswordFactory;
import org.wildfly.security.password.WildFlyElytronPasswordProvider;
import org.wildfly.security.password.interfaces.BCryptPassword;
import org.wildfly.security.password.spec.EncryptablePasswordSpec;
import org.wildfly.security.password.spec.IteratedSaltedPasswordAlgorithmSpec;

/**
 * The users of a home, in Elytron's own files: the server sees a change at the next sign-in, whether it ran meanwhile or not. Thread-safe; what several
 * processes write at once is whole files, the last of which stays.
 */
public final class Users {
    private static final String GROUPS = "groups";
    private static final String SERIAL = "serial";
    private static final String CHANGED = "changed";

    /** How many folders deep the realm keeps its files; the same number stands in wildfly-config/kiln.cli. */
    private static final int LEVELS = 2;

    private static final int BCRYPT_COST = 10;
    private static final int MINIMUM_LENGTH = 8;

    /** Bcrypt looks at no more. */
    private static final int MOST_BYTES = 72;

    private static final Provider PROVIDER = new WildFlyElytronPasswordProvider();
    private static final SecureRandom RANDOM = new SecureRandom();

    private final FileSystemSecurityRealm realm;

    public Users(Path folder) {
        this.realm = FileSystemSecurityRealm.builder()
                .setRoot(folder)
                .setLevels(LEVELS)
                .setProviders(() -> new Provider[] {PROVIDER})
                .build();
    }

    /** Adds a user. */
    public synchronized void add(String name, Role role, String password) throws RealmUnavailableException {
        if (name.isBlank() || !name.equals(name.strip()) || name.contains(":") || name.length() > 100) {
            throw new UserRefusedException(
                    Reason.NOT_ACCEPTABLE,
                    "\"" + name
                            + "\" cannot be a user's name: it has a colon, is blank, is longer than 100 characters, or has spaces around it.");
        }
        VisibleName.problem("The user's name", name).ifPresent(problem -> {
            throw new UserRefusedException(Reason.NOT_ACCEPTABLE, problem + ".");
        });
        BCryptPassword hash = hash(password);
        ModifiableRealmIdentity identity = identity(name);
        try {
            // one without a role is what a command that was killed has left: it is made whole
            boolean isThere = identity.exists();
            if (isThere && identity.getAttributes().containsKey(GROUPS)) {
                throw new UserRefusedException(
                        Reason.TAKEN, "User " + name + " is there already; change the password or the role instead.");
            }
            if (!isThere) {
                identity.create();
            }
            identity.setCredentials(List.of(new PasswordCredential(hash)));
            identity.setAttributes(attributes(role, UUID.randomUUID().toString()));
        } finally {
            identity.dispose();
        }
    }

    /** Gives a user another password. */
    public synchronized void setPassword(String name, String password) throws RealmUnavailableException {
        BCryptPassword hash = hash(password);
        ModifiableRealmIdentity identity = existing(name);
        try {
            identity.setCredentials(List.of(new PasswordCredential(hash)));
            User user = read(identity);
            identity.setAttributes(attributes(user.role(), user.serial()));
        } finally {
            identity.dispose();
        }
    }

    /** Gives a user another role; the last administrator stays one. */
    public synchronized void setRole(String name, Role role) throws RealmUnavailableException {
        if (role != Role.ADMIN) {
            requireAnotherAdministrator(name);
        }
        ModifiableRealmIdentity identity = existing(name);
        try {
            identity.setAttributes(attributes(role, read(identity).serial()));
        } finally {
            identity.dispose();
        }
    }

    /** Removes a user; the last administrator stays. */
    public synchronized void remove(String name) throws RealmUnavailableException {
        requireAnotherAdministrator(name);
        ModifiableRealmIdentity identity = existing(name);
        try {
            identity.delete();
        } finally {
            identity.dispose();
        }
    }

    private void requireAnotherAdministrator(String name) throws RealmUnavailableException {
        Map<String, Role> users = list();
        boolean isLast = users.get(name) == Role.ADMIN
                && users.values().stream().filter(role -> role == Role.ADMIN).count() == 1;
        if (isLast) {
            throw new UserRefusedException(
                    Reason.LAST_ADMINISTRATOR,
                    name
                            + " is the last administrator. Add another one first (role admin), or nobody could manage users.");
        }
    }

    /** Returns the role of each user, by name. */
    public Map<String, Role> list() throws RealmUnavailableException {
        Map<String, Role> roles = new TreeMap<>();
        try (ModifiableRealmIdentityIterator identities = realm.getRealmIdentityIterator()) {
            while (identities.hasNext()) {
                ModifiableRealmIdentity identity = identities.next();
                User user = read(identity);
                roles.put(user.name(), user.role());
                identity.dispose();
            }
        }
        return roles;
    }

    /** The user of that name; empty where there is none. */
    public Optional<User> find(String name) throws RealmUnavailableException {
        RealmIdentity identity = realm.getRealmIdentity(new NamePrincipal(name));
        try {
            return identity.exists() ? Optional.of(read(identity)) : Optional.empty();
        } finally {
            identity.dispose();
        }
    }

    /** Whether this is the user's password. */
    public boolean isPassword(String name, String password) throws RealmUnavailableException {
        RealmIdentity identity = realm.getRealmIdentity(new NamePrincipal(name));
        try {
            return identity.exists() && identity.verifyEvidence(new PasswordGuessEvidence(password.toCharArray()));
        } finally {
            identity.dispose();
        }
    }

    private static User read(RealmIdentity identity) throws RealmUnavailableException {
        Attributes attributes = identity.getAttributes();
        return new User(
                identity.getRealmIdentityPrincipal().getName(),
                Role.highest(attributes.get(GROUPS)),
                first(attributes, SERIAL, ""),
                Instant.ofEpochMilli(Long.parseLong(first(attributes, CHANGED, "0"))));
    }

    private static String first(Attributes attributes, String name, String without) {
        String value = attributes.getFirst(name);
        return value == null ? without : value;
    }

    private static MapAttributes attributes(Role role, String serial) {
        MapAttributes attributes = new MapAttributes();
        attributes.addAll(GROUPS, role.groups());
        if (!serial.isEmpty()) {
            attributes.addLast(SERIAL, serial);
        }
        attributes.addLast(CHANGED, Long.toString(Instant.now().toEpochMilli()));
        return attributes;
    }

    private ModifiableRealmIdentity existing(String name) throws RealmUnavailableException {
        ModifiableRealmIdentity identity = identity(name);
        if (!identity.exists()) {
            identity.dispose();
            throw new UserRefusedException(
                    Reason.UNKNOWN, "There is no user " + name + ". There are: " + String.join(", ", list().keySet()));
        }
        return identity;
    }

    private ModifiableRealmIdentity identity(String name) throws RealmUnavailableException {
        return realm.getRealmIdentityForUpdate(new NamePrincipal(name));
    }

    private static BCryptPassword hash(String password) {
        if (password.length() < MINIMUM_LENGTH) {
            throw new UserRefusedException(
                    Reason.NOT_ACCEPTABLE,
                    "The password has " + password.length() + " characters: it takes at least " + MINIMUM_LENGTH + ".");
        }
        int bytes = password.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_BYTES) {
            throw new UserRefusedException(
                    Reason.NOT_ACCEPTABLE,
                    "The password has " + bytes + " bytes: it takes at most " + MOST_BYTES
                            + ", for what comes behind them would not count.");
        }
        byte[] salt = new byte[BCryptPassword.BCRYPT_SALT_SIZE];
        RANDOM.nextBytes(salt);
        try {
            PasswordFactory factory = PasswordFactory.getInstance(BCryptPassword.ALGORITHM_BCRYPT, PROVIDER);
            Password hashed = factory.generatePassword(new EncryptablePasswordSpec(
                    password.toCharArray(), new IteratedSaltedPasswordAlgorithmSpec(BCRYPT_COST, salt)));
            return (BCryptPassword) hashed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot compute bcrypt", e);
        }
    }
}
