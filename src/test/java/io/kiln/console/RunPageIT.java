package io.kiln.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kiln.integration.KilnDeployment;
import io.kiln.integration.Patience;
import io.kiln.security.Role;
import jakarta.json.Json;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page of a run, and the list of them. */
@ExtendWith(ArquillianExtension.class)
class RunPageIT {

    private Laboratory laboratory;

    @Deployment(testable = false)
    static WebArchive application() {
        return KilnDeployment.asShipped();
    }

    @BeforeEach
    void measure() throws Exception {
        laboratory = new Laboratory();
    }

    @Test
    void aRunIsWatchedToItsEndWithoutLoadingThePageAnew() throws Exception {
        String batch = laboratory.batch("teeth", laboratory.scan("molar.h5"));
        try (Browser browser = Browser.signedIn(Role.OPERATOR)) {
            String run = laboratory.queue(
                    batch,
                    Json.createObjectBuilder()
                            .add("notBefore", Laboratory.NEVER)
                            .add("parameters", Json.createObjectBuilder().add("rotationAxis", 31.5)));
            browser.go("/runs/" + run);
            browser.see(".cause", "waiting until");
            browser.run("window.loadedOnce = true");
            laboratory.beginNow(run);

            browser.see(".head .state", "completed");
            browser.see(".log", "the output is published at");
            browser.see(".run-timeline", "8/8 slices");
            assertThat(browser.run("return window.loadedOnce")).isEqualTo(true);
            browser.find(".preview img");
            browser.find("input[type=search]").sendKeys("published");
            browser.see(".log-tools [role=status]", "1 of ");
            browser.picture("run-completed");
            browser.widePicture("run-completed");

            browser.press("Outputs");
            browser.see("table", "recon_00000.tiff");
            assertThat(browser.address()).endsWith("?tab=outputs");
            browser.press("Parameters");
            browser.see("table", "this request");
            browser.picture("run-parameters");
            browser.press("History");
            browser.see("[aria-label=Attempts]", "COMPLETED");
            browser.assertWellBehaved();
        }
    }

    @Test
    void aRunIsStoppedAndRestarted() throws Exception {
        String batch = laboratory.batch("stopped", laboratory.scan("incisor.h5"));
        String run = laboratory.queue(batch, Json.createObjectBuilder().add("notBefore", Laboratory.NEVER));
        try (Browser browser = Browser.signedIn(Role.OPERATOR)) {
            browser.go("/runs/" + run);
            browser.press("Stop");
            browser.seeNotice("is stopped");
            browser.see(".head .state", "stopped");
            assertThat(laboratory.state(run)).isEqualTo("STOPPED");

            browser.press("Restart");
            browser.seeNotice("is queued again");
            browser.see(".head .state", "queued");
            assertThat(laboratory.state(run)).isEqualTo("QUEUED");

            browser.press("Stop");
            browser.press("Delete run …");
            browser.click("dialog button.danger");
            browser.seeNotice("is deleted; its output stays");
            browser.see("h1", "Runs");
            assertThat(browser.address()).isEqualTo("/runs?batch=" + batch);
        }
    }

    @Test
    void theCauseOfAFailureIsShownWithWhatToDo() throws Exception {
        String batch = laboratory.batch("damaged files", laboratory.brokenScan("broken.h5"));
        String run = laboratory.queue(batch, Json.createObjectBuilder());
        await().atMost(Patience.LIMIT).until(() -> laboratory.state(run).equals("FAILED"));
        try (Browser browser = Browser.signedIn(Role.OPERATOR)) {
            browser.go("/runs?state=FAILED&batch=" + batch);
            browser.press("broken");
            browser.see(".cause.failed", "Why it failed");
            browser.see(".cause.failed", "broken.h5");
            browser.see(".cause.failed", "What to do:");
            browser.find(".run-timeline .bar-of-time.failed");
            browser.picture("run-failed");
            browser.press("History");
            browser.see("[aria-label=Attempts]", "FAILED");
        }
    }

    @Test
    void aViewerSeesARunAndNothingToDoToIt() throws Exception {
        String batch = laboratory.batch("looked at", laboratory.scan("canine.h5"));
        String run = laboratory.queue(batch, Json.createObjectBuilder().add("notBefore", Laboratory.NEVER));
        try (Browser browser = Browser.signedIn(Role.VIEWER)) {
            browser.go("/runs/" + run);
            browser.see(".head .state", "queued");
            assertThat(browser.all(".head .actions button")).isEmpty();
            browser.go("/runs?batch=" + batch);
            browser.see(".run-list", "canine");
            browser.picture("runs");
            browser.assertWellBehaved();
        }
        laboratory.kiln().post("/api/batches/" + batch + "/stop");
    }

    @Test
    void aRunThatIsNotThereIsSaid() throws Exception {
        try (Browser browser = Browser.signedIn(Role.VIEWER)) {
            browser.go("/runs/00000000-0000-0000-0000-000000000000");
            browser.see(".empty", "there is no run 00000000");
        }
    }
}
