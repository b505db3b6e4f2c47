package io.kiln.api.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.integration.KilnDeployment;
import io.kiln.integration.TestServer;
import io.kiln.security.Role;
import io.kiln.tomography.sample.SampleScan;
import io.kiln.volume.Samples;
import io.kiln.volume.tiff.TiffStack;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pictures of files in data roots, and what people say of them, as the answers show it. */
@ExtendWith(ArquillianExtension.class)
@Timeout(120)
class PictureCallsIT {
    private static final int WIDTH = 30;
    private static final int HEIGHT = 20;
    private static final int SLICES = 4;

    private Path folder;
    private Path scan;
    private Path stack;

    @Deployment(testable = false)
    static WebArchive application() {
        return KilnDeployment.asShipped();
    }

    @BeforeEach
    void makeAScanAndAStack() throws IOException {
        folder = Files.createTempDirectory(TestServer.home().resolve("data").toRealPath(), "pictures");
        scan = folder.resolve("scan.h5");
        SampleScan.body(12, 6, 16, 8).write(scan);
        stack = Files.createDirectory(folder.resolve("stack"));
        try (TiffStack writer =
                new TiffStack(stack, slice -> "s_" + slice + ".tiff", WIDTH, HEIGHT, Samples.floats())) {
            for (int slice = 0; slice < SLICES; slice++) {
                float[] values = new float[WIDTH * HEIGHT];
                for (int i = 0; i < values.length; i++) {
                    values[i] = 1000 * slice + i;
                }
                writer.write(slice, values, 0);
            }
        }
    }

    @Test
    void aScanIsDescribedWithWhatItsAxesAndNumbersMean() {
        JsonObject facts = get("", scan, "").json();

        assertThat(facts.getString("dataset")).isEqualTo("/exchange/data");
        assertThat(facts.getJsonArray("shape").getValuesAs(n -> n.toString())).containsExactly("12", "6", "16");
        assertThat(facts.getJsonArray("axes").getString(0)).isEqualTo("projection");
        assertThat(facts.getString("type")).isEqualTo("uint16");
        assertThat(facts.getString("unit")).isEqualTo("counts");
        assertThat(facts.getBoolean("correctable")).isTrue();
        assertThat(facts.getJsonArray("datasets").getValuesAs(JsonObject.class))
                .extracting(dataset -> dataset.getString("name"))
                .contains("/exchange/data", "/exchange/data_white", "/exchange/data_dark");
    }

    @Test
    void projectionsAndSinogramsAreCorrectedByFlatsAndDarks() {
        Answer counts = get("/histogram", scan, "&index=3");
        Answer corrected = get("/histogram", scan, "&index=3&corrected=true");
        Answer sinogram = get("/histogram", scan, "&axis=1&index=2&corrected=true");

        assertThat(counts.json().getJsonNumber("maximum").doubleValue()).isGreaterThan(100);
        assertThat(corrected.json().getJsonNumber("maximum").doubleValue()).isBetween(0.8, 1.3);
        assertThat(sinogram.json().getJsonNumber("finite").intValue()).isEqualTo(12 * 16);
        assertThat(sinogram.json().getJsonNumber("maximum").doubleValue()).isBetween(0.8, 1.3);
        assertThat(detail(get("/slice.png", stack, "&corrected=true"))).contains("flats and darks");
    }

    @Test
    void aSliceComesAsPngAndAsValuesAndPartsOfItToo() {
        Answer png = get("/slice.png", stack, "&index=2");
        assertThat(png.status()).isEqualTo(200);
        assertThat(png.header("Content-Type")).contains("image/png");
        assertThat(png.header("Kiln-Pixels")).contains(WIDTH + " " + HEIGHT + " 1 1");

        Answer part = get("/slice.f32", stack, "&index=2&x=3&y=1&width=2&height=5");
        assertThat(part.header("Content-Length")).contains("40");
        assertThat(part.header("Kiln-Pixels")).contains("2 5 1 1");

        Answer small = get("/slice.f32", stack, "&index=2&size=10");
        assertThat(small.header("Kiln-Pixels")).contains("10 7 3 3");
    }

    @Test
    void theBrowserKeepsWhatHasNotChanged() throws IOException {
        String version = get("", stack, "").json().getString("version");
        Answer first = get("/slice.png", stack, "&index=1&version=" + version);
        String tag = first.header("ETag").orElseThrow();

        assertThat(first.response().headers().allValues("Cache-Control"))
                .singleElement()
                .satisfies(caching -> assertThat(caching).contains("private").contains("max-age"));
        assertThat(get("/slice.png", stack, "&index=1").response().headers().allValues("Cache-Control"))
                .singleElement()
                .satisfies(caching -> assertThat(caching).contains("no-cache"));
        assertThat(conditional("/slice.png", "&index=1", tag)).isEqualTo(304);
        assertThat(conditional("/slice.png", "&index=2", tag)).isEqualTo(200);

        Files.copy(stack.resolve("s_1.tiff"), stack.resolve("s_9.tiff"));

        assertThat(conditional("/slice.png", "&index=1", tag)).isEqualTo(200);
        JsonObject changed =
                get("/slice.png", stack, "&index=1&version=" + version).problem(409, "wrong-state");
        assertThat(changed.getString("state")).isEqualTo("CHANGED");
    }

    @Test
    void projectionsOfAStackAreComputedOnceAndThenLookedAt() {
        JsonObject early = get("/slice.f32", stack, "&projection=maximum").problem(409, "wrong-state");
        assertThat(early.getString("state")).isEqualTo("NOT_COMPUTED");

        String[] lines = get("/projections", stack, "").body().split("\n");
        JsonObject last = Json.createReader(new java.io.StringReader(lines[lines.length - 1]))
                .readObject();
        assertThat(last.getInt("done")).isEqualTo(last.getInt("total"));

        JsonObject maximum = get("/histogram", stack, "&projection=maximum").json();
        assertThat(maximum.getJsonNumber("minimum").doubleValue()).isEqualTo(3000);
        assertThat(maximum.getJsonNumber("maximum").doubleValue()).isEqualTo(3000 + WIDTH * HEIGHT - 1);
        JsonObject deviation = get("/histogram", stack, "&projection=deviation").json();
        assertThat(deviation.getJsonNumber("mean").doubleValue()).isBetween(1118.0, 1118.1);
    }

    @Test
    void nothingOutsideTheRootsIsShown() throws IOException {
        Path secret = Files.createTempDirectory("kiln-secret").toRealPath();
        Files.copy(scan, secret.resolve("secret.h5"));
        Files.createSymbolicLink(folder.resolve("link.h5"), secret.resolve("secret.h5"));
        Files.createSymbolicLink(folder.resolve("up"), secret);

        for (Path path : List.of(
                secret.resolve("secret.h5"),
                folder.resolve("link.h5"),
                folder.resolve("up/secret.h5"),
                folder.resolve("../../server.properties"),
                Path.of("/etc/passwd"))) {
            assertThat(detail(get("", path, ""))).contains("lies in no data root");
            assertThat(detail(get("/slice.png", path, ""))).contains("lies in no data root");
            assertThat(detail(get("/projections", path, ""))).contains("lies in no data root");
        }
    }

    @Test
    void filesThatCannotBeLookedAtAreSaidToBeSo() throws IOException {
        Path text = Files.writeString(folder.resolve("broken.h5"), "no scan");
        Path image = Files.writeString(folder.resolve("broken.tif"), "no image at all");
        Path notes = Files.writeString(folder.resolve("notes.txt"), "notes");
        Path empty = Files.createDirectory(folder.resolve("empty"));

        assertThat(detail(get("", text, ""))).contains("broken.h5").contains("HDF5");
        assertThat(detail(get("", image, ""))).contains("broken.tif");
        assertThat(detail(get("", notes, ""))).contains("nothing that can be looked at");
        assertThat(detail(get("", scan, "&dataset=/exchange/nothing"))).contains("/exchange/data");
        assertThat(detail(get("", scan, "&dataset=nothing"))).contains("path within the file");
        get("", empty, "").problem(404, "not-found");
        get("", folder.resolve("none.h5"), "").problem(404, "not-found");
        get("/slice.png", folder.resolve("none.h5"), "").problem(404, "not-found");
        Calls.get(Role.VIEWER, "/api/pictures?run=" + UUID.randomUUID()).problem(404, "not-found");
    }

    @Test
    void whatIsAskedForIsBounded() {
        assertThat(detail(get("/slice.png", stack, "&index=4"))).contains("from 0 to 3");
        assertThat(detail(get("/slice.png", stack, "&axis=3"))).contains("0, 1 or 2");
        assertThat(detail(get("/slice.f32", stack, "&size=2049"))).contains("2048");
        assertThat(detail(get("/slice.f32", stack, "&x=1"))).contains("all of them");
        assertThat(detail(get("/slice.f32", stack, "&x=0&y=0&width=31&height=1")))
                .contains("30 × 20");
        assertThat(detail(get("/slice.png", stack, "&min=1"))).contains("give both");
        assertThat(detail(get("/slice.png", stack, "&min=1&max=NaN"))).contains("give both");
        assertThat(detail(get("/slice.png", stack, "&projection=median"))).contains("deviation");
        assertThat(detail(get("/histogram", stack, "&bins=5000"))).contains("4096");
        assertThat(detail(Calls.get(Role.VIEWER, "/api/pictures"))).contains("give one of them");
    }

    @Test
    void marksOfItemsAreKeptShownAndTakenBack() throws IOException {
        Files.writeString(folder.resolve("other.h5"), "scan");
        JsonObject wanted = Json.createObjectBuilder()
                .add("name", "marked")
                .add("folder", folder.toString())
                .add("pattern", "*.h5")
                .build();
        String batch = "/api/batches/"
                + Calls.post("/api/batches", wanted.toString()).created().getString("id");
        JsonArray items = Calls.get(Role.VIEWER, batch + "/items").json().getJsonArray("items");
        String item = batch + "/items/" + items.getJsonObject(0).getString("id");

        assertThat(mark(item, "GOOD").json().getString("markedBy")).isEqualTo("operator");
        assertThat(mark(item, "SKIP").status()).isEqualTo(200);

        assertThat(Calls.get(Role.VIEWER, item).json().getJsonObject("mark").getString("mark"))
                .isEqualTo("SKIP");
        assertThat(sheet(batch, "")).hasSize(2);
        assertThat(sheet(batch, "?mark=SKIP")).hasSize(1);
        assertThat(sheet(batch, "?mark=GOOD")).isEmpty();
        assertThat(sheet(batch, "?mark=NONE")).hasSize(1);
        JsonObject page =
                Calls.get(Role.VIEWER, batch + "/contact-sheet?limit=1").json();
        assertThat(sheet(batch, "?limit=1&after=" + page.getString("next"))).hasSize(1);

        assertThat(detail(mark(item, "FINE"))).contains("TRY_AGAIN");
        assertThat(detail(Calls.get(Role.VIEWER, batch + "/contact-sheet?mark=FINE")))
                .contains("NONE");
        mark(batch + "/items/" + UUID.randomUUID(), "GOOD").problem(404, "not-found");

        assertThat(Calls.call(Role.OPERATOR, "DELETE", item + "/mark", "").status())
                .isEqualTo(204);
        assertThat(Calls.get(Role.VIEWER, item).json().isNull("mark")).isTrue();
    }

    private static Answer mark(String item, String mark) {
        return Calls.call(
                Role.OPERATOR,
                "PUT",
                item + "/mark",
                Json.createObjectBuilder().add("mark", mark).build().toString());
    }

    private static JsonArray sheet(String batch, String query) {
        return Calls.get(Role.VIEWER, batch + "/contact-sheet" + query).json().getJsonArray("items");
    }

    private int conditional(String form, String query, String tag) {
        return Calls.send(Calls.as(Role.VIEWER, Calls.request("GET", address(form, stack, query), ""))
                        .header("If-None-Match", tag))
                .status();
    }

    private static String address(String form, Path path, String query) {
        return "/api/pictures" + form + "?path=" + URLEncoder.encode(path.toString(), StandardCharsets.UTF_8) + query;
    }

    private static Answer get(String form, Path path, String query) {
        return Calls.get(Role.VIEWER, address(form, path, query));
    }

    private static String detail(Answer answer) {
        return answer.problem(400, "invalid-request").getString("detail");
    }
}
