package io.kiln.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.kiln.cli.client.KilnClient;
import io.kiln.integration.KilnDeployment;
import io.kiln.integration.TestServer;
import io.kiln.security.Role;
import io.kiln.tomography.sample.SampleScan;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** Looking at the pictures of real runs, taking over a centre, and going through a contact sheet with the keyboard. */
@ExtendWith(ArquillianExtension.class)
@Timeout(900)
class PicturesIT {
    private static final Duration COMPUTED = Duration.ofMinutes(2);
    private static final double CENTER = 30.5;

    /** Notes from now on what the page asks for. */
    private static final String ASKED = """
            const ask = window.fetch;
            window.asked = [];
            window.fetch = (what, ...more) => { window.asked.push(String(what)); return ask(what, ...more); };""";

    /** Keeps what histograms are asked for waiting until {@code window.goOn} is called. */
    private static final String HOLD_HISTOGRAMS = """
            const ask = window.fetch;
            const held = new Promise(goOn => (window.goOn = goOn));
            window.isHeld = false;
            window.fetch = async (what, ...more) => {
              if (String(what).includes('/histogram?')) {
                window.isHeld = true;
                await held;
              }
              return ask(what, ...more);
            };""";

    /** Has histograms of slices come just after one of a sinogram was asked for, and before that one comes. */
    private static final String HISTOGRAMS_OF_SLICES_COME_LATE = """
            const ask = window.fetch;
            const asked = new Promise(isAsked => (window.isAsked = isAsked));
            window.fetch = async (what, {signal, ...more} = {}) => {
              if (!String(what).includes('/histogram?')) return ask(what, {signal, ...more});
              const answer = await ask(what, more);
              if (String(what).includes('axis=1')) {
                window.isAsked();
                await new Promise(others => setTimeout(others, 500));
              } else {
                await asked;
              }
              return answer;
            };""";

    private static final String DIFFERENCE_FROM_THE_SERVERS = """
            return (async () => {
              const {source, plane, low, high, overview} = document.querySelector('kiln-picture');
              const query = new URLSearchParams({...source, axis: plane.axis, index: plane.index, min: low, max: high});
              const theirs = await createImageBitmap(await (await fetch('/api/pictures/slice.png?' + query)).blob());
              const {width, height} = overview.bitmap;
              const paper = new OffscreenCanvas(width, height).getContext('2d');
              paper.drawImage(theirs, 0, 0);
              const expected = paper.getImageData(0, 0, width, height).data;
              const drawn = overview.bitmap.getContext('2d').getImageData(0, 0, width, height).data;
              return Math.max(...expected.map((grey, i) => Math.abs(grey - drawn[i])));
            })();""";

    private final KilnClient server = new KilnClient(TestServer.withToken(Role.OPERATOR));

    private String batch;
    private String item;

    @Deployment(testable = false)
    static WebArchive application() {
        return KilnDeployment.asShipped();
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
    void aSliceIsLookedAtWithItsContrastValuesAndInput() throws Exception {
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
            browser.narrowPicture("pictures-slices", "nav [aria-current]", "kiln-viewer canvas", "kiln-movie");

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
    void whoZoomsBeforeTheContrastIsKnownGetsItAfterwards() throws Exception {
        String run = completed("tomo-full");
        try (Browser browser = Browser.signedIn(Role.VIEWER)) {
            browser.runInEachPage(HOLD_HISTOGRAMS);
            browser.go("/pictures?run=" + run);
            browser.waiting("no histogram was asked for")
                    .until(driver -> (Boolean) browser.run("return window.isHeld"));
            browser.find("kiln-viewer canvas").sendKeys("+", "+");
            browser.waiting("the address never told the view")
                    .until(driver -> browser.address().contains("view="));
            browser.run("window.goOn()");

            browser.see("kiln-histogram", "mean");
            seeAPicture(browser);
        }
    }

    @Test
    void aHistogramThatComesLateIsNotTakenForTheNextPictures() throws Exception {
        String run = completed("tomo-full");
        try (Browser browser = Browser.signedIn(Role.VIEWER)) {
            browser.runInEachPage(HISTOGRAMS_OF_SLICES_COME_LATE);
            browser.go("/pictures?run=" + run);
            browser.see("kiln-movie .which", "8 of 0–15");
            browser.press("Sinograms");
            browser.see("kiln-movie .which", "row");

            browser.see("kiln-histogram", "counts");
            seeAPicture(browser);
        }
    }

    @Test
    void theContrastIsDrawnInTheBrowserWithoutAskingTheServer() throws Exception {
        String run = completed("tomo-full");
        String other = completed("tomo-full", Json.createObjectBuilder().add("fbpFilter", "shepp"));
        try (Browser browser = Browser.signedIn(Role.VIEWER)) {
            browser.go("/pictures?run=" + run + "&beside=" + other);
            seeAPicture(browser);
            browser.see("kiln-histogram", "mean");
            seeAllThatIsFetchedAhead(browser);
            browser.run(ASKED);
            List<Object> before = drawn(browser);

            act(
                    browser,
                    mouse -> mouse.clickAndHold(browser.find("[role=slider][aria-label=Black] rect"))
                            .moveByOffset(12, 0));
            List<Object> dragged = drawn(browser);
            act(browser, mouse -> mouse.moveByOffset(12, 0));
            List<Object> draggedOn = drawn(browser);
            act(browser, Actions::release);
            browser.find("[role=slider][aria-label=White]").sendKeys(Keys.ARROW_LEFT);
            browser.waiting("the address never told the window")
                    .until(driver -> browser.address().contains("max="));

            assertThat(before).hasSize(2);
            for (int side = 0; side < 2; side++) {
                assertThat(List.of(
                                before.get(side),
                                dragged.get(side),
                                draggedOn.get(side),
                                drawn(browser).get(side)))
                        .doesNotHaveDuplicates();
            }
            assertThat(browser.run("return window.asked.filter(url => url.includes('/pictures/slice'))"))
                    .as("slices that were asked of the server for another contrast")
                    .isEqualTo(List.of());
            assertThat(browser.run(DIFFERENCE_FROM_THE_SERVERS))
                    .as("the largest difference from the server's picture in the same window")
                    .isEqualTo(0L);
            browser.picture("pictures-beside");

            browser.press("Play");
            browser.waiting("the movie never went on")
                    .until(driver ->
                            !browser.find("kiln-movie .which").getText().contains("8 of"));
            browser.press("Stop");
            browser.assertWellBehaved();
        }
    }

    @Test
    void aCentreIsTakenOverFromATryAndSaved() throws Exception {
        String run = completed("tomo-try");
        try (Browser browser = Browser.signedIn(Role.OPERATOR)) {
            browser.go("/pictures?run=" + run + "&index=3");
            seeAPicture(browser);
            String shown = browser.find(".try .centre").getText();
            browser.picture("pictures-try");
            browser.click(".take-over");

            browser.seeNotice("The centre of tooth is " + shown);
            JsonObject parameters = item("tooth").getJsonObject("parameters");
            assertThat(parameters.getJsonNumber("rotationAxis").doubleValue() + " px")
                    .isEqualTo(Double.parseDouble(shown.replace(" px", "")) + " px");
            browser.see(".try", "the item's centre is " + shown);
            browser.assertWellBehaved();
        }
    }

    @Test
    void aContactSheetIsGoneThroughWithTheKeyboard() throws Exception {
        completed("tomo-try");
        over("tomo-try", item("broken").getString("id"), "FAILED");
        try (Browser browser = Browser.signedIn(Role.OPERATOR)) {
            browser.go("/contact-sheet/" + batch);
            browser.see(".card.current", "broken");
            browser.picture("contact-sheet");

            press(browser, "s");
            browser.see(".card.current", "tooth");
            press(browser, "g");
            browser.seeNotice("tooth is marked \"good\"");
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
            browser.seeNotice("Queued a try of tooth");
            await().atMost(COMPUTED)
                    .untilAsserted(
                            () -> assertThat(item("tooth").getJsonObject("mark").getString("mark"))
                                    .isEqualTo("TRY_AGAIN"));
            press(browser, "g");
            browser.see(".actions", "Start full of 1 good");
            browser.press("Batch");
            browser.see("tr[data-place='1'] .verdict", "good");
            browser.see("tr[data-place='0'] .verdict", "skip");
            browser.picture("batch-marked");
            browser.press("Contact sheet");
            browser.see(".card.current", "broken");
            browser.assertWellBehaved();
        }
    }

    @Test
    void aTrysCentresAreSteppedThroughOnItsCardAndOneIsTakenOver() throws Exception {
        completed("tomo-try");
        try (Browser browser = Browser.signedIn(Role.OPERATOR)) {
            browser.go("/contact-sheet/" + batch);
            browser.see(".card.current .steps", " px, ");
            String middle = browser.find(".card.current .steps span").getText();
            press(browser, ".");
            String next = stepped(browser, middle);
            press(browser, ",");
            assertThat(stepped(browser, next)).isEqualTo(middle);
            press(browser, ",");
            String before = stepped(browser, middle);
            assertThat(centre(before)).isLessThan(centre(middle));
            assertThat(centre(middle)).isLessThan(centre(next));
            browser.picture("contact-sheet-try");

            press(browser, "c");
            browser.seeNotice("The centre of tooth is " + before.substring(0, before.indexOf(',')));
            browser.see(".card.current .take", "The item's centre");
            assertThat(item("tooth")
                            .getJsonObject("parameters")
                            .getJsonNumber("rotationAxis")
                            .doubleValue())
                    .isCloseTo(centre(before), within(0.005));
            browser.assertWellBehaved();
        }
    }

    /** Waits until the current card shows the image of another centre, and answers which. */
    private static String stepped(Browser browser, String from) {
        return browser.waiting("the card never went on from " + from).until(driver -> {
            String to = browser.find(".card.current .steps span").getText();
            boolean isShown = (Boolean) browser.run(
                    "const image = document.querySelector('.card.current img'); return image.alt.includes(arguments[0]) && image.complete && image.naturalWidth > 0",
                    to.substring(0, to.indexOf(',')));
            return isShown && !to.equals(from) ? to : null;
        });
    }

    private static double centre(String words) {
        return Double.parseDouble(words.substring(0, words.indexOf(' ')));
    }

    private static void press(Browser browser, String key) {
        browser.find(".card.current").sendKeys(key);
    }

    private static void act(Browser browser, UnaryOperator<Actions> moves) {
        moves.apply(new Actions(browser.driver())).perform();
    }

    /** Nothing more is asked for then, as long as nobody does anything. */
    private static void seeAllThatIsFetchedAhead(Browser browser) {
        browser.waiting("pictures are still fetched")
                .until(driver -> Boolean.TRUE.equals(
                        browser.run("return [...document.querySelectorAll('kiln-picture')].every(one =>"
                                + " one.overview.data && !one.isLoading)")));
    }

    /** What each picture shows, as one text each. */
    @SuppressWarnings("unchecked")
    private static List<Object> drawn(Browser browser) {
        return (List<Object>) browser.run(
                "return Array.from(document.querySelectorAll('kiln-viewer canvas'), canvas => canvas.toDataURL())");
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

    private String completed(String pipeline, JsonObjectBuilder parameters) {
        return over(pipeline, item, parameters, "COMPLETED");
    }

    private String over(String pipeline, String of, String state) {
        return over(pipeline, of, Json.createObjectBuilder(), state);
    }

    private String over(String pipeline, String of, JsonObjectBuilder parameters, String state) {
        JsonObject order = Json.createObjectBuilder()
                .add("pipeline", pipeline)
                .add("items", Json.createArrayBuilder().add(of))
                .add("parameters", parameters.add("centerSearchWidth", 5).add("rotationAxisSearchWidth", 10))
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
