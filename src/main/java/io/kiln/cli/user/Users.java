package io.kiln.cli.user;

import io.kiln.cli.CommandFailure;
import io.kiln.security.Role;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.wildfly.security.auth.principal.NamePrincipal;
import org.wildfly.security.auth.realm.FileSystemSecurityRealm;
import org.wildfly.security.auth.server.ModifiableRealmIdentity;
import org.wildfly.security.auth.server.ModifiableRealmIdentityIterator;
import org.wildfly.security.auth.server.RealmUnavailableException;
import org.wildfly.security.authz.MapAttributes;
import org.wildfly.security.credential.PasswordCredential;
import org.wildfly.security.password.Password;
import org.wildfly.security.password.PasswordFactory;
import org.wildfly.security.password.WildFlyElytronPasswordProvider;
import org.wildfly.security.password.interfaces.BCryptPassword;
import org.wildfly.security.password.spec.EncryptablePasswordSpec;
import org.wildfly.security.password.spec.IteratedSaltedPasswordAlgorithmSpec;

/** The users of a home, in Elytron's own files: the server sees a change at the next sign-in, whether it ran meanwhile or not. */
public final class Users {
    private static final String GROUPS = "groups";
    /** How many folders deep the realm keeps its files; the same number stands in wildfly-config/kiln.cli. */
    private static final int LEVELS = 2;

    private static final int BCRYPT_COST = 10;
    private static final int MINIMUM_LENGTH = 8;
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
    public void add(String name, Role role, String password) throws RealmUnavailableException {
        if (name.isBlank() || !name.equals(name.strip()) || name.contains(":")) {
            throw new CommandFailure(
                    "\"" + name + "\" cannot be a user's name: it has a colon, is blank, or has spaces around it.");
        }
        BCryptPassword hash = hash(password);
        ModifiableRealmIdentity identity = identity(name);
        try {
            if (identity.exists()) {
                throw new CommandFailure(
                        "User " + name + " is there already. Change the password with: kiln user password " + name);
            }
            identity.create();
            identity.setCredentials(List.of(new PasswordCredential(hash)));
            MapAttributes attributes = new MapAttributes();
            attributes.addAll(GROUPS, role.groups());
            identity.setAttributes(attributes);
        } finally {
            identity.dispose();
        }
    }

    /** Gives a user another password. */
    public void setPassword(String name, String password) throws RealmUnavailableException {
        BCryptPassword hash = hash(password);
        ModifiableRealmIdentity identity = existing(name);
        try {
            identity.setCredentials(List.of(new PasswordCredential(hash)));
        } finally {
            identity.dispose();
        }
    }

    /** Gives a user another role; the last administrator stays one. */
    public void setRole(String name, Role role) throws RealmUnavailableException {
        if (role != Role.ADMIN) {
            requireAnotherAdministrator(name);
        }
        ModifiableRealmIdentity identity = existing(name);
        try {
            MapAttributes attributes = new MapAttributes();
            attributes.addAll(GROUPS, role.groups());
            identity.setAttributes(attributes);
        } finally {
            identity.dispose();
        }
    }

    /** Removes a user; the last administrator stays. */
    public void remove(String name) throws RealmUnavailableException {
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
            throw new CommandFailure(
                    name + " is the last administrator. Add another one first: kiln user add NAME --role admin");
        }
    }

    /** Returns the role of each user, by name. */
    public Map<String, Role> list() throws RealmUnavailableException {
        Map<String, Role> roles = new TreeMap<>();
        try (ModifiableRealmIdentityIterator identities = realm.getRealmIdentityIterator()) {
            while (identities.hasNext()) {
                ModifiableRealmIdentity identity = identities.next();
                roles.put(
                        identity.getRealmIdentityPrincipal().getName(),
                        Role.highest(identity.getAttributes().get(GROUPS)));
                identity.dispose();
            }
        }
        return roles;
    }

    private ModifiableRealmIdentity existing(String name) throws RealmUnavailableException {
        ModifiableRealmIdentity identity = identity(name);
        if (!identity.exists()) {
            identity.dispose();
            throw new CommandFailure("There is no user " + name + ". There are: " + String.join(", ", list().keySet()));
        }
        return identity;
    }

    private ModifiableRealmIdentity identity(String name) throws RealmUnavailableException {
        return realm.getRealmIdentityForUpdate(new NamePrincipal(name));
    }

    private static BCryptPassword hash(String password) {
        if (password.length() < MINIMUM_LENGTH) {
            throw new CommandFailure(
                    "The password has " + password.length() + " characters: it takes at least " + MINIMUM_LENGTH + ".");
        }
        byte[] salt = new byte[BCryptPassword.BCRYPT_SALT_SIZE];
        RANDOM.nextBytes(salt);
        try {
            PasswordFactory factory = PasswordFactory.getInstance(BCryptPassword.ALGORITHM_BCRYPT, PROVIDER);
            Password hashed = factory.generatePassword(new EncryptablePasswordSpec(
                    password.toCharArray(), new IteratedSaltedPasswordAlgorithmSpec(BCRYPT_COST, salt)));
            return (BCryptPassword) hashed;
        } catch (GeneralSecurityException e) {
            throw new CommandFailure("This Java cannot compute bcrypt: " + e.getMessage(), e);
        }
    }
}
