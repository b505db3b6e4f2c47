package io.kiln.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kiln.cli.client.KilnClient;
import io.kiln.cli.client.ServerAddress;
import io.kiln.integration.KilnDeployment;
import io.kiln.integration.TestServer;
import io.kiln.security.Role;
import io.kiln.tomography.sample.SampleScan;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Looking at the pictures of real runs, taking over a centre, and going through a contact sheet with the keyboard. */
@ExtendWith(ArquillianExtension.class)
@Timeout(300)
class PicturesIT {
    private static final Duration COMPUTED = Duration.ofMinutes(2);
    private static final double CENTER = 30.5;

    private final KilnClient server = new KilnClient(ServerAddress.withPassword(
            URI.create(TestServer.address().toString().replaceFirst("/$", "")),
            TestServer.user(Role.OPERATOR),
            TestServer.password(Role.OPERATOR)));

    private String batch;
    private String item;

    @Deployment(testable = false)
    static WebArchive application() {
        return KilnDeployment.with();
    }

    @BeforeEach
    void makeABatchOfTwoScans() throws IOException {
        Path folder =
                Files.createTempDirectory(TestServer.home().resolve("data").toRealPath(), "looked-at");
        SampleScan.body(90, 16, 64, CENTER).write(folder.resolve("tooth.h5"));
        Files.writeString(folder.resolve("broken.h5"), "this is no scan");
        JsonObject wanted = Json.createObjectBuilder()
                .add("name", "looked at")
                .add("folder", folder.toString())
                .build();
        batch = server.post("/api/batches", wanted).getString("id");
        item = item("tooth").getString("id");
    }

    @Test
    void aSliceIsLookedAtWithItsContrastValuesAndInput() {
        String run = completed("tomo-full");
        try (Browser browser = Browser.signedIn(Role.VIEWER)) {
            browser.go("/pictures?run=" + run);
            browser.see("kiln-movie .which", "8 of 0–15");
            seeAPicture(browser);

            WebElement canvas = browser.find("kiln-viewer canvas");
            canvas.sendKeys(Keys.PAGE_DOWN);
            browser.see("kiln-movie .which", "9 of 0–15");
            canvas.sendKeys("+", "+");
            browser.waiting("the address never told the view")
                    .until(driver -> browser.address().contains("view=")
                            && browser.address().contains("index=9"));
            browser.see("kiln-histogram", "mean");
            browser.picture("pictures-slices");
            browser.widePicture("pictures-slices");

            browser.press("Mean");
            browser.see("kiln-projections [aria-pressed=true]", "Mean");
            seeAPicture(browser);
            browser.press("Sinograms");
            browser.see("kiln-movie .which", "row");
            seeAPicture(browser);
            assertThat(browser.address()).contains("of=sinograms");
            assertThat(browser.all(".take-over")).isEmpty();
            browser.assertWellBehaved();
        }
    }

    @Test
    void aCentreIsTakenOverFromATryAndSaved() {
        String run = completed("tomo-try");
        try (Browser browser = Browser.signedIn(Role.OPERATOR)) {
            browser.go("/pictures?run=" + run + "&index=3");
            seeAPicture(browser);
            String shown = browser.find(".try .centre").getText();
            browser.picture("pictures-try");
            browser.find(".take-over").click();

            browser.see(".notice", "The centre of tooth is " + shown);
            JsonObject parameters = item("tooth").getJsonObject("parameters");
            assertThat(parameters.getJsonNumber("rotationAxis").doubleValue() + " px")
                    .isEqualTo(Double.parseDouble(shown.replace(" px", "")) + " px");
            browser.see(".try", "the item's centre is " + shown);
            browser.assertWellBehaved();
        }
    }

    @Test
    void aContactSheetIsGoneThroughWithTheKeyboard() {
        completed("tomo-try");
        over("tomo-try", item("broken").getString("id"), "FAILED");
        try (Browser browser = Browser.signedIn(Role.OPERATOR)) {
            browser.go("/contact-sheet/" + batch);
            browser.see(".card.current", "broken");
            browser.picture("contact-sheet");

            press(browser, "s");
            browser.see(".card.current", "tooth");
            press(browser, "g");
            browser.see(".notice", "tooth is marked good");
            await().atMost(COMPUTED).untilAsserted(() -> {
                assertThat(item("tooth").getJsonObject("mark").getString("mark"))
                        .isEqualTo("GOOD");
                assertThat(item("broken").getJsonObject("mark").getString("mark"))
                        .isEqualTo("SKIP");
            });
            assertThat(item("tooth").getJsonObject("mark").getString("markedBy"))
                    .isEqualTo(TestServer.user(Role.OPERATOR));

            press(browser, "t");
            WebElement centre = browser.find("dialog input[name=centre]");
            centre.clear();
            centre.sendKeys("31");
            browser.find("dialog input[name=width]").clear();
            browser.find("dialog input[name=width]").sendKeys("3");
            browser.press("Queue the try");
            browser.see(".notice", "Queued a try of tooth");
            await().atMost(COMPUTED)
                    .untilAsserted(
                            () -> assertThat(item("tooth").getJsonObject("mark").getString("mark"))
                                    .isEqualTo("TRY_AGAIN"));
            press(browser, "g");
            browser.see(".actions", "Start full of 1 good");
            browser.assertWellBehaved();
        }
    }

    private static void press(Browser browser, String key) {
        browser.find(".card.current").sendKeys(key);
    }

    /** Waits until what the canvas shows is neither empty nor even. */
    private static void seeAPicture(Browser browser) {
        browser.waiting("no picture was drawn").until(driver -> (Boolean) browser.run("""
                const canvas = document.querySelector('kiln-viewer canvas');
                if (!canvas?.width || document.querySelector('kiln-picture .problem')) return false;
                const {width, height} = canvas;
                const {data} = canvas.getContext('2d').getImageData(0, 0, width, height);
                const greys = new Set();
                for (let i = 0; i < data.length; i += 4) { if (data[i + 3]) greys.add(data[i]); }
                return greys.size > 20;"""));
    }

    private JsonObject item(String name) {
        return server
                .get("/api/batches/" + batch + "/items")
                .getJsonArray("items")
                .getValuesAs(JsonObject.class)
                .stream()
                .filter(one -> one.getString("name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private String completed(String pipeline) {
        return over(pipeline, item, "COMPLETED");
    }

    private String over(String pipeline, String of, String state) {
        JsonObject order = Json.createObjectBuilder()
                .add("pipeline", pipeline)
                .add("items", Json.createArrayBuilder().add(of))
                .add(
                        "parameters",
                        Json.createObjectBuilder().add("centerSearchWidth", 5).add("rotationAxisSearchWidth", 10))
                .build();
        String run = server.post("/api/batches/" + batch + "/runs", order)
                .getJsonArray("items")
                .getJsonObject(0)
                .getString("id");
        await().atMost(COMPUTED)
                .untilAsserted(() -> assertThat(server.get("/api/runs/" + run).getString("state"))
                        .isEqualTo(state));
        return run;
    }
}
