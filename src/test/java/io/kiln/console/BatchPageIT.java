package io.kiln.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.cli.client.KilnClient;
import io.kiln.integration.KilnDeployment;
import io.kiln.integration.TestServer;
import io.kiln.security.Role;
import io.kiln.tomography.sample.SampleScan;
import java.io.IOException;
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
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** Batches and one batch, as an operator and a viewer see them. */
@ExtendWith(ArquillianExtension.class)
@Timeout(900)
class BatchPageIT {
    private static final String CENTRE = "rotationAxis";
    private static final String WIDTH = "centerSearchWidth";

    private Path folder;
    private String name;

    @Deployment(testable = false)
    static WebArchive application() {
        return KilnDeployment.asShipped();
    }

    @BeforeEach
    void makeAFolderOfScans() throws IOException {
        folder = Files.createTempDirectory(TestServer.home().resolve("data").toRealPath(), "seen");
        name = folder.getFileName().toString();
        for (String scan : List.of("tooth_1.h5", "tooth_2.h5", "tooth_10.h5")) {
            SampleScan.body(90, 4, 64, 31.5).write(folder.resolve(scan));
        }
    }

    @Test
    void aBatchOfAFolderIsMadeTriedWatchedAndClearedWithoutReloading() throws Exception {
        try (Browser browser = Browser.signedIn(Role.OPERATOR)) {
            makeTheBatch(browser);
            browser.run(
                    "history.replaceState(null, '', location.pathname + '?columns=' + arguments[0]); dispatchEvent(new"
                            + " Event('popstate'))",
                    CENTRE + "," + WIDTH);

            browser.see("thead", "Center search width / px");
            for (int row = 0; row < 2; row++) {
                type(browser, row, "Centre / px", "31.5");
                type(browser, row, "Center search width / px", "1");
            }
            selectFromTo(browser, 0, 1);
            browser.see(".count", "3 items, 2 selected");
            browser.press("Try 2");
            browser.see("dialog", "2 runs will be queued");
            browser.press("Queue 2 runs");

            browser.see(".sentence", "Completed 2/3");
            browser.see("tr[data-place='1'] .run", "completed");
            assertThat(tries()).isDirectoryContaining("glob:**/tooth_1").isDirectoryContaining("glob:**/tooth_2");
            browser.picture("batch");
            browser.widePicture("batch");
            browser.narrowPicture(
                    "batch", "nav [aria-current]", ".batch-head .sentence", ".batch-head .actions button:last-child");
            removeWithOutputs(browser, "tooth_2");

            browser.see(".count", "2 items");
            assertThat(tries()).isDirectoryNotContaining("glob:**/tooth_2");
            assertThat(folder.resolve("tooth_2.h5")).exists();
            assertThat(browser.run("return window.isNotReloaded")).isEqualTo(true);
            browser.assertWellBehaved();
        }
    }

    @Test
    void aViewerSeesTheBatchesAndChangesNothing() throws Exception {
        try (Browser operator = Browser.signedIn(Role.OPERATOR)) {
            makeTheBatch(operator);
            try (Browser viewer = Browser.signedIn(Role.VIEWER)) {
                viewer.go("/batches?sort=name.up");
                viewer.find("th[aria-sort=ascending]");
                viewer.find("input[type=search]").sendKeys(name);
                viewer.press(name);
                viewer.see("tr[data-place='2']", "tooth_10");

                assertThat(viewer.all("tr[data-place] input, tr[data-place] button"))
                        .isEmpty();
                assertThat(viewer.all("kiln-batch-head button")).isEmpty();
                viewer.assertWellBehaved();
            }
            // without those of all other tests, which are a long list
            operator.go("/batches?find=" + KilnClient.encoded(name));
            operator.see("kiln-batch-list", name);
            operator.picture("batches");
        }
    }

    @Test
    void aSelectionIsMovedTogether() throws Exception {
        try (Browser browser = Browser.signedIn(Role.OPERATOR)) {
            makeTheBatch(browser);
            selectFromTo(browser, 1, 2);

            browser.find("tr[data-place='2'] td.check input").sendKeys(Keys.chord(Keys.ALT, Keys.ARROW_UP));
            seeInOrder(browser, "tooth_2", "tooth_10", "tooth_1");
            browser.waiting("the focus left its row").until(driver ->
                    (Boolean) browser.run("return document.activeElement.matches('tr[data-place=\"1\"] input')"));
            browser.press("More ▾");
            browser.picture("batch-more");
            browser.press("Move the 2 selected to the end (Alt+End)");

            browser.seeNotice("Moved 2 items to the end.");
            seeInOrder(browser, "tooth_1", "tooth_2", "tooth_10");
            browser.see(".count", "3 items, 2 selected");
            browser.assertWellBehaved();
        }
    }

    @Test
    void whatIsSomebodyElsesAloneIsShownWithoutWhatChangesIt() throws Exception {
        Laboratory administrator = new Laboratory(Role.ADMIN);
        String batch = administrator.batchOfItsOwn("alone", administrator.brokenScan("a.h5"));
        try (Browser browser = Browser.signedIn(Role.OPERATOR)) {
            browser.go("/batches/" + batch);
            browser.see("tr[data-place='0']", "a");

            assertThat(browser.all("tr[data-place] input, tr[data-place] button, kiln-batch-head button"))
                    .isEmpty();
            browser.press("Contact sheet");
            browser.see(".card", "a");
            assertThat(browser.all(".card button")).isEmpty();
        }
    }

    private static void seeInOrder(Browser browser, String... names) {
        browser.waiting("the items never stood in the order " + List.of(names))
                .until(
                        driver -> List.of(names)
                                .equals(
                                        browser.run(
                                                "return Array.from(document.querySelectorAll('tr[data-place] td.name input'), input => input.value)")));
    }

    private void makeTheBatch(Browser browser) {
        browser.go("/batches");
        browser.press("New batch…");
        open(browser, folder.getParent().toString());
        open(browser, name);
        browser.see("dialog output", "3 files match");
        browser.picture("batch-new");
        browser.press("Make the batch");
        browser.see("h2, .notice", "with 3 items");
        browser.see(".count", "3 items");
        browser.run("window.isNotReloaded = true");
    }

    private static void open(Browser browser, String folder) {
        browser.press(By.xpath("//kiln-folder-browser//button[contains(., '" + folder + "')]"));
    }

    private static void type(Browser browser, int row, String column, String value) {
        WebElement field = browser.find("tr[data-place='" + row + "'] input[aria-label^='" + column + "']");
        field.clear();
        field.sendKeys(value, Keys.ENTER);
        browser.seeNotice("Saved " + field.getAttribute("aria-label") + ".");
    }

    private static void selectFromTo(Browser browser, int first, int last) {
        new Actions(browser.driver())
                .click(browser.find("tr[data-place='" + first + "'] td.place"))
                .keyDown(Keys.SHIFT)
                .click(browser.find("tr[data-place='" + last + "'] td.place"))
                .keyUp(Keys.SHIFT)
                .perform();
    }

    private static void removeWithOutputs(Browser browser, String item) {
        browser.click("button[aria-label='More for " + item + "']");
        browser.press("Remove…");
        browser.click("dialog input[name=outputs]");
        browser.press("Remove");
        browser.seeNotice("Removed 1 item, outputs (");
    }

    private Path tries() {
        return folder.resolveSibling(name + "_rec").resolve("try_center");
    }
}
