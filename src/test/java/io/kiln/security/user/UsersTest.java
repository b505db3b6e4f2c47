package io.kiln.security.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.kiln.security.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wildfly.security.auth.principal.NamePrincipal;
import org.wildfly.security.auth.realm.FileSystemSecurityRealm;
import org.wildfly.security.auth.server.RealmIdentity;
import org.wildfly.security.evidence.PasswordGuessEvidence;
import org.wildfly.security.password.WildFlyElytronPasswordProvider;

class UsersTest {
    @TempDir
    private Path folder;

    private Users users;

    @BeforeEach
    void open() {
        users = new Users(folder);
    }

    @Test
    void aUserSignsInWithTheirOwnPasswordOnly() throws IOException {
        users.add("ada", Role.OPERATOR, "correct horse");
        assertThat(signsIn("ada", "correct horse")).isTrue();
        assertThat(signsIn("ada", "wrong horse!")).isFalse();
        users.setPassword("ada", "battery staple");
        assertThat(signsIn("ada", "correct horse")).isFalse();
        assertThat(signsIn("ada", "battery staple")).isTrue();
        users.remove("ada");
        assertThat(signsIn("ada", "battery staple")).isFalse();
    }

    @Test
    void aUserWhoWasLeftWithoutARoleIsMadeWhole() throws IOException {
        users.add("ada", Role.ADMIN, "correct horse");
        try (Stream<Path> files = Files.walk(folder).filter(Files::isRegularFile)) {
            Path file = files.findFirst().orElseThrow();
            Files.writeString(file, Files.readString(file).replaceAll("(?s)<attributes>.*</attributes>", ""));
        }
        users = new Users(folder);

        users.add("ada", Role.ADMIN, "battery staple");

        assertThat(users.list()).containsExactly(entry("ada", Role.ADMIN));
        assertThat(signsIn("ada", "battery staple")).isTrue();
        assertThatThrownBy(() -> users.add("ada", Role.ADMIN, "another one")).hasMessageContaining("is there already");
    }

    @Test
    void aRoleIncludesTheOnesBeforeIt() throws IOException {
        assertThat(Role.ADMIN.groups()).isEqualTo(List.of("viewer", "operator", "admin"));
        assertThat(Role.VIEWER.groups()).isEqualTo(List.of("viewer"));
        users.add("ada", Role.ADMIN, "correct horse");
        users.add("bob", Role.VIEWER, "correct horse");
        users.setRole("bob", Role.OPERATOR);
        assertThat(users.list()).containsExactly(entry("ada", Role.ADMIN), entry("bob", Role.OPERATOR));
        assertThat(signsIn("bob", "correct horse")).isTrue();
    }

    @Test
    void theLastAdministratorStaysOne() throws IOException {
        users.add("ada", Role.ADMIN, "correct horse");
        users.add("bob", Role.OPERATOR, "correct horse");
        assertThatThrownBy(() -> users.remove("ada")).hasMessageContaining("ada is the last administrator");
        assertThatThrownBy(() -> users.setRole("ada", Role.OPERATOR)).hasMessageContaining("last administrator");
        users.setRole("bob", Role.ADMIN);
        users.remove("ada");
        assertThat(users.list()).containsExactly(entry("bob", Role.ADMIN));
    }

    @Test
    void noPasswordStandsInAFile() throws IOException {
        users.add("ada", Role.VIEWER, "correct horse");
        try (Stream<Path> files = Files.walk(folder).filter(Files::isRegularFile)) {
            assertThat(files.toList())
                    .singleElement()
                    .satisfies(file -> assertThat(Files.readString(file)).doesNotContain("horse"));
        }
    }

    @Test
    void whatCannotBeIsExplained() throws IOException {
        users.add("ada", Role.VIEWER, "correct horse");
        assertThatThrownBy(() -> users.add("ada", Role.VIEWER, "correct horse"))
                .isInstanceOf(UserRefusedException.class)
                .hasMessageContaining("ada is there already");
        assertThatThrownBy(() -> users.add("bob", Role.VIEWER, "short")).hasMessageContaining("at least 8");
        assertThatThrownBy(() -> users.add("a:b", Role.VIEWER, "correct horse")).hasMessageContaining("a:b");
        assertThatThrownBy(() -> users.add("a\u202Eb", Role.VIEWER, "correct horse"))
                .hasMessageContaining("U+202E");
        assertThatThrownBy(() -> users.remove("eve"))
                .hasMessageContaining("no user eve")
                .hasMessageContaining("ada");
        assertThat(users.list()).containsOnlyKeys("ada");
    }

    /** Bcrypt would take all passwords that begin with the same 72 bytes for one. */
    @Test
    void aPasswordOfMoreThanCountsIsRefused() throws IOException {
        users.add("ada", Role.VIEWER, "x".repeat(72));

        assertThatThrownBy(() -> users.setPassword("ada", "x".repeat(73)))
                .isInstanceOf(UserRefusedException.class)
                .hasMessageContaining("73 bytes")
                .hasMessageContaining("at most 72");
        assertThatThrownBy(() -> users.add("bob", Role.VIEWER, "ü".repeat(37))).hasMessageContaining("74 bytes");
        assertThat(signsIn("ada", "x".repeat(72))).isTrue();
        assertThat(users.list()).containsOnlyKeys("ada");
    }

    /** Signs in as the server would: by Elytron's realm over the same files. */
    private boolean signsIn(String name, String password) throws IOException {
        FileSystemSecurityRealm realm = FileSystemSecurityRealm.builder()
                .setRoot(folder)
                .setLevels(2)
                .setProviders(() -> new Provider[] {new WildFlyElytronPasswordProvider()})
                .build();
        RealmIdentity identity = realm.getRealmIdentity(new NamePrincipal(name));
        try {
            return identity.exists() && identity.verifyEvidence(new PasswordGuessEvidence(password.toCharArray()));
        } finally {
            identity.dispose();
        }
    }
}
