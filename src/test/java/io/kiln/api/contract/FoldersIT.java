package io.kiln.api.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.integration.KilnDeployment;
import io.kiln.integration.TestServer;
import io.kiln.security.Role;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What of the server's files somebody sees who chooses inputs. */
@ExtendWith(ArquillianExtension.class)
@Timeout(300)
class FoldersIT {
    @TempDir
    private static Path outside;

    private Path folder;

    @Deployment(testable = false)
    static WebArchive application() {
        return KilnDeployment.asShipped();
    }

    @BeforeEach
    void makeAFolder() throws IOException {
        folder = Files.createTempDirectory(TestServer.home().resolve("data").toRealPath(), "folders");
        for (String name : List.of("scan_10.h5", "scan_2.h5", "Scan_1.h5", "notes.txt", ".hidden", ".kiln-work")) {
            Files.writeString(folder.resolve(name), "12345");
        }
        Files.createDirectory(folder.resolve("zoom"));
    }

    @Test
    void foldersComeFirstAndNamesInTheOrderOfTheirNumbers() {
        JsonObject listed = list(folder, "");

        assertThat(names(listed)).containsExactly("zoom", "notes.txt", "Scan_1.h5", "scan_2.h5", "scan_10.h5");
        assertThat(listed.getString("path")).isEqualTo(folder.toString());
        assertThat(listed.getString("parent")).isEqualTo(folder.getParent().toString());
        assertThat(listed.getInt("files")).isEqualTo(4);
        JsonObject file = listed.getJsonArray("items").getJsonObject(1);
        assertThat(file.getString("kind")).isEqualTo("FILE");
        assertThat(file.getInt("bytes")).isEqualTo(5);
        assertThat(file.getString("modified")).isNotBlank();
    }

    @Test
    void onlyFilesThatMatchAreShownAndCounted() {
        JsonObject listed = list(folder, "&pattern=scan_*.h5");

        assertThat(names(listed)).containsExactly("zoom", "scan_2.h5", "scan_10.h5");
        assertThat(listed.getInt("files")).isEqualTo(2);
        Calls.get(Role.VIEWER, "/api/folders?path=" + encoded(folder) + "&pattern=%7Bscan")
                .problem(400, "invalid-request");
    }

    @Test
    void pagesFollowEachOther() {
        JsonObject first = list(folder, "&limit=2");
        JsonObject second = list(folder, "&limit=3&after=" + encoded(first.getString("next")));

        assertThat(names(first)).containsExactly("zoom", "notes.txt");
        assertThat(names(second)).containsExactly("Scan_1.h5", "scan_2.h5", "scan_10.h5");
        assertThat(second.isNull("next")).isTrue();
    }

    @Test
    void dataRootsAreAtTheTopAndNothingIsAboveThem() {
        JsonObject roots = Calls.get(Role.VIEWER, "/api/folders").json();
        String root = TestServer.home().resolve("data").toAbsolutePath().toString();

        assertThat(names(roots)).contains(list(Path.of(root), "").getString("path"));
        assertThat(list(Path.of(root), "").isNull("parent")).isTrue();
    }

    @Test
    void whatLeadsOutOfTheRootsIsNotShownAndRefused() throws IOException {
        Files.writeString(outside.resolve("secret.h5"), "secret");
        Files.createSymbolicLink(folder.resolve("out"), outside);
        Files.createSymbolicLink(folder.resolve("secret.h5"), outside.resolve("secret.h5"));
        Files.createSymbolicLink(folder.resolve("again.h5"), folder.resolve("scan_2.h5"));

        assertThat(names(list(folder, ""))).doesNotContain("out", "secret.h5").contains("again.h5");
        for (Path path : List.of(folder.resolve("out"), outside, folder.resolve("../../.."))) {
            assertThat(Calls.get(Role.ADMIN, "/api/folders?path=" + encoded(path))
                            .problem(400, "invalid-request")
                            .getString("detail"))
                    .contains("lies in no data root");
        }
    }

    @Test
    void whatIsNoFolderIsSaid() {
        assertThat(Calls.get(Role.VIEWER, "/api/folders?path=" + encoded(folder.resolve("none")))
                        .problem(400, "invalid-request")
                        .getString("detail"))
                .contains("no such folder");
        Calls.get(Role.VIEWER, "/api/folders?limit=0").problem(400, "invalid-request");
    }

    private static JsonObject list(Path folder, String more) {
        Answer answer = Calls.get(Role.VIEWER, "/api/folders?path=" + encoded(folder) + more);
        assertThat(answer.status()).describedAs(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static List<String> names(JsonObject listed) {
        return listed.getJsonArray("items").stream()
                .map(one -> one.asJsonObject().getString("name"))
                .toList();
    }

    private static String encoded(Object value) {
        return URLEncoder.encode(value.toString(), StandardCharsets.UTF_8);
    }
}
