package io.kiln.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.integration.KilnDeployment;
import io.kiln.integration.TestServer;
import io.kiln.security.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Starting runs from a form that a pipeline's schema makes. */
@ExtendWith(ArquillianExtension.class)
class LaunchIT {
    private Path data;

    @Deployment(testable = false)
    static WebArchive application() {
        return KilnDeployment.asShipped();
    }

    @BeforeEach
    void makeAFolderOfScans() throws IOException {
        data = Files.createTempDirectory(TestServer.home().resolve("data").toRealPath(), "launch");
        for (String scan : new String[] {"a.h5", "b.h5", "c.h5"}) {
            Files.writeString(data.resolve(scan), "not opened before a run");
        }
    }

    @Test
    void aNewBatchIsMadeLookedAtAndStarted() throws Exception {
        try (Browser browser = Browser.signedIn(Role.OPERATOR)) {
            browser.go("/launch?pipeline=tomo-full");
            fill(browser, "binning", "1");
            browser.see(".schema-field.differs", "set here");
            makeBatch(browser, "new");

            browser.see(".launch-plan h2", "3 runs would be queued");
            browser.see(".launch-plan", data.getFileName() + "_rec/a_rec");
            browser.see(".schema-field.differs", "from the batch");
            browser.picture("launch");
            browser.widePicture("launch");

            browser.press("Start");
            browser.seeNotice("3 runs are queued");
            assertThat(browser.address()).startsWith("/batches/");
            browser.assertWellBehaved();
        }
    }

    @Test
    void aNewBatchTakesItsScansFromDataRootsAlone() throws Exception {
        try (Browser browser = Browser.signedIn(Role.OPERATOR)) {
            browser.go("/launch?pipeline=tomo-full");
            browser.find("kiln-new-batch input[aria-label=Folder]").sendKeys("/etc", Keys.ENTER);

            browser.see("kiln-new-batch [role=alert]", "/etc");
            browser.click("button[aria-label='To the folder above']");
            browser.press(By.xpath("//kiln-folder-browser//button[contains(., '" + data.getParent() + "')]"));
            browser.press(By.xpath("//kiln-folder-browser//button[contains(., '" + data.getFileName() + "')]"));

            browser.see("kiln-new-batch output", "3 files match");
            assertThat(browser.find("kiln-new-batch input[required]").getDomProperty("value"))
                    .isEqualTo(data.getFileName().toString());
            browser.picture("launch-new-batch");
        }
    }

    @Test
    void whatTheServerRefusesStandsAtItsField() throws Exception {
        try (Browser browser = Browser.signedIn(Role.OPERATOR)) {
            browser.go("/launch?pipeline=tomo-full");
            makeBatch(browser, "refused");
            fill(browser, "binning", "9");
            browser.press("Dry run");

            browser.see(".schema-field.wrong .problem", "binning is 9, but must be from 0 to 3");
            assertThat(browser.find(By.id("parameter-binning")).getDomAttribute("aria-invalid"))
                    .isEqualTo("true");
            browser.picture("launch-refused");

            browser.click("button[aria-label^='Set Binning back']");
            browser.seeNo(".schema-field.wrong");
            browser.press("Dry run");
            browser.see(".launch-plan h2", "3 runs would be queued");
        }
    }

    @Test
    void theAddressHoldsTheViewAndTheFormFindsWhatIsSought() throws Exception {
        try (Browser browser = Browser.signedIn(Role.OPERATOR)) {
            browser.go("/launch?pipeline=tomo-try");
            fill(browser, "centerSearchWidth", "20");
            String address = browser.address();
            browser.go("/launch");
            browser.go(address);

            assertThat(browser.find(By.id("parameter-centerSearchWidth")).getDomProperty("value"))
                    .isEqualTo("20");
            browser.find(".schema-bar input[type=search]").sendKeys("zinger");
            browser.seeNo("#parameter-centerSearchWidth");
            browser.find(By.id("parameter-dezinger"));
        }
    }

    @Test
    void aParameterSetIsSavedUsedAndGivenToItems() throws Exception {
        try (Browser browser = Browser.signedIn(Role.OPERATOR)) {
            browser.go("/launch?pipeline=tomo-full");
            makeBatch(browser, "sets");
            fill(browser, "dezinger", "5");
            browser.press("Save as …");
            browser.find("dialog input[name=name]").sendKeys("set of " + data.getFileName());
            browser.press("Save");
            browser.seeNotice("Saved the parameter set");

            browser.click("button[aria-label^='Set Zinger removal back']");
            browser.press("Use");
            browser.see(".schema-field.differs", "Zinger removal");

            browser.press("Give to items …");
            browser.press("Give");
            browser.seeNotice("3 items were changed");
            browser.see(".schema-own", "3 items have a value of their own");
            browser.picture("launch-sets");
        }
    }

    @Test
    void viewersAreNotOfferedIt() throws Exception {
        try (Browser browser = Browser.signedIn(Role.VIEWER)) {
            browser.go("/launch");

            browser.see(".empty", "for users with the role operator");
            assertThat(browser.all("nav a[href='/launch']")).isEmpty();
        }
    }

    private void makeBatch(Browser browser, String name) {
        browser.find("kiln-new-batch input[required]").sendKeys(name);
        browser.find("kiln-new-batch input[aria-label=Folder]").sendKeys(data.toString(), Keys.ENTER);
        browser.see("kiln-new-batch output", "3 files match");
        browser.press("Make the batch and look what a start would do");
        browser.see(".launch-plan h2", "would be queued");
    }

    private static void fill(Browser browser, String parameter, String value) {
        WebElement field = browser.find(By.id("parameter-" + parameter));
        field.sendKeys(Keys.chord(Keys.CONTROL, "a"), value, Keys.TAB);
    }
}
