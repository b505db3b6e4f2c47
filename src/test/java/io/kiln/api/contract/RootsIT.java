package io.kiln.api.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.integration.KilnDeployment;
import io.kiln.security.Role;
import jakarta.json.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(ArquillianExtension.class)
@Timeout(300)
class RootsIT {
    @TempDir
    Path folder;

    private Set<String> before;
    private Path scans;
    private String root;

    @Deployment(testable = false)
    static WebArchive application() {
        return KilnDeployment.asShipped();
    }

    @BeforeEach
    void addARoot() throws IOException {
        folder = folder.toRealPath();
        scans = Files.createDirectory(folder.resolve("scans"));
        Files.writeString(scans.resolve("a.h5"), "scan");
        before = roots();
        root = admin("/api/roots", scans).json().getString("id");
    }

    /** The other tests' server is the same, and knows only their roots. */
    @AfterEach
    void removeTheRootsThatNothingRefersTo() {
        roots().stream()
                .filter(id -> !before.contains(id))
                .forEach(id -> assertThat(Calls.call(Role.ADMIN, "DELETE", "/api/roots/" + id, "")
                                .status())
                        .isIn(204, 409));
    }

    private static Set<String> roots() {
        return Calls.get(Role.VIEWER, "/api/roots").json().getJsonArray("items").stream()
                .map(one -> one.asJsonObject().getString("id"))
                .collect(Collectors.toSet());
    }

    @Test
    void theAddressOfWhatWasAddedLeadsToIt() {
        Answer added = admin("/api/roots", scans);
        Answer batch = Calls.post("/api/batches", "{\"name\": \"teeth\"}");

        assertThat(Calls.get(Role.VIEWER, location(added)).json().getString("path"))
                .isEqualTo(scans.toString());
        assertThat(Calls.get(Role.VIEWER, location(batch)).json().getString("name"))
                .isEqualTo("teeth");
    }

    @Test
    void whatCannotBeARootIsRefused() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        admin("/api/roots", other);

        assertThat(detail(admin("/api/roots", Path.of(".")))).contains("name it from / on");
        assertThat(detail(admin("/api/roots", Path.of("/")))).contains("below /");
        assertThat(detail(admin("/api/roots", scans.resolve("none")))).contains("no such folder");
        assertThat(detail(admin("/api/roots", scans.resolve("a.h5")))).contains("it is no folder");
        assertThat(detail(admin("/api/roots/" + root + "/map", other.resolve("below"))))
                .contains("data root " + other + " is known by");
        assertThat(detail(admin("/api/roots/" + root + "/map", folder))).contains("is known by");
        assertThat(detail(admin("/api/roots/" + root + "/move", other))).contains("already");
    }

    @Test
    void aFolderThatARootIsMappedFromIsNoRoot() throws IOException {
        Path alias = folder.resolve("alias");
        admin("/api/roots/" + root + "/map", alias);
        Path below = Files.createDirectories(alias.resolve("below"));

        assertThat(detail(admin("/api/roots", below))).contains("data root " + scans + " is mapped from it");
        Path other = Files.createDirectory(folder.resolve("other"));
        String id = admin("/api/roots", other).json().getString("id");
        assertThat(detail(admin("/api/roots/" + id + "/move", alias))).contains("is mapped from it");
        assertThat(detail(admin("/api/roots/" + id + "/map", below))).contains("is known by");
        Path link = Files.createSymbolicLink(folder.resolve("link"), scans);
        assertThat(detail(admin("/api/roots/" + id + "/map", link))).contains("is known by");
    }

    @Test
    void aFolderInARootStaysAPartOfIt() throws IOException {
        Answer added = admin("/api/roots", Files.createDirectory(scans.resolve("cycle")));

        assertThat(location(added)).isEqualTo("/api/roots/" + root);
        assertThat(added.json().getString("path")).isEqualTo(scans.toString());
    }

    @Test
    void whatIsInTheFolderThatARootMovesToIsItsOwn() throws IOException {
        Path cycle = Files.createDirectory(scans.resolve("cycle"));
        Answer batch = batchOf(Files.writeString(cycle.resolve("b.h5"), "scan"));
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        String other = admin("/api/roots", elsewhere).json().getString("id");

        admin("/api/roots/" + other + "/move", cycle);
        Files.move(cycle, elsewhere.resolve("cycle"));
        admin("/api/roots/" + other + "/move", elsewhere.resolve("cycle"));

        Answer items = Calls.get(Role.VIEWER, location(batch) + "/items");
        assertThat(items.json().getJsonArray("items").getJsonObject(0).getString("input"))
                .isEqualTo(elsewhere.resolve("cycle/b.h5").toString());
    }

    @Test
    void aLinkThatLeadsOutOfTheRootsIsOutside() throws IOException {
        Files.createSymbolicLink(scans.resolve("link.h5"), Files.writeString(folder.resolve("secret.h5"), "secret"));
        Files.createSymbolicLink(scans.resolve("up"), folder);

        assertThat(detail(batchOf(scans.resolve("link.h5")))).contains("lies in no data root");
        assertThat(detail(batchOf(scans.resolve("up/secret.h5")))).contains("lies in no data root");
        assertThat(detail(batchOf(scans.resolve("../secret.h5")))).contains("lies in no data root");
    }

    @Test
    void aRootThatContainsTheServersHomeGrantsNothingInIt() {
        Path home = Path.of(System.getProperty("kiln.it.home")).toAbsolutePath();
        admin("/api/roots", home.getParent());

        assertThat(detail(batchOf(home.resolve("server.properties")))).contains("lies in no data root");
        assertThat(detail(batchOf(home))).contains("lies in no data root");
    }

    @Test
    void itemsFollowTheirRootAndMayBeNamedAsOtherMachinesMountIt() throws IOException {
        admin("/api/roots/" + root + "/map", Path.of("/mnt/detector"));
        Answer batch = batchOf(Path.of("/mnt/detector/a.h5"));
        Path moved = Files.move(scans, folder.resolve("moved"));

        admin("/api/roots/" + root + "/move", moved);

        Answer items = Calls.get(Role.VIEWER, location(batch) + "/items");
        assertThat(items.json().getJsonArray("items").getJsonObject(0).getString("input"))
                .isEqualTo(moved.resolve("a.h5").toString());
    }

    @Test
    void aRootThatNothingRefersToIsRemovedAndItsFilesStay() {
        assertThat(Calls.call(Role.ADMIN, "DELETE", "/api/roots/" + root, "").status())
                .isEqualTo(204);

        Calls.get(Role.VIEWER, "/api/roots/" + root).problem(404, "not-found");
        assertThat(detail(batchOf(scans.resolve("a.h5")))).contains("lies in no data root");
        assertThat(scans.resolve("a.h5")).exists();
    }

    private static Answer admin(String path, Path folder) {
        return Calls.call(
                Role.ADMIN,
                "POST",
                path,
                Json.createObjectBuilder()
                        .add("path", folder.toString())
                        .build()
                        .toString());
    }

    private static Answer batchOf(Path input) {
        return Calls.post(
                "/api/batches",
                Json.createObjectBuilder()
                        .add("name", "scans")
                        .add(
                                "items",
                                Json.createArrayBuilder()
                                        .add(Json.createObjectBuilder().add("input", input.toString())))
                        .build()
                        .toString());
    }

    private static String detail(Answer answer) {
        return answer.problem(400, "invalid-request").getString("detail");
    }

    private static String location(Answer created) {
        assertThat(created.status()).describedAs(created.body()).isEqualTo(201);
        return URI.create(created.header("Location").orElseThrow()).getPath();
    }
}
