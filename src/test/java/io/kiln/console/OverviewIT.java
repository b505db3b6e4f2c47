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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The screens that people look at to see how a laboratory and its server are. */
@ExtendWith(ArquillianExtension.class)
class OverviewIT {

    @Deployment(testable = false)
    static WebArchive application() {
        return KilnDeployment.asShipped();
    }

    @Test
    void whatIsQueuedComesByItselfAndAFailureWaitsUntilItIsRestarted() throws Exception {
        Laboratory laboratory = new Laboratory();
        String batch = laboratory.batch("mixed", laboratory.brokenScan("overview-broken.h5"));
        try (Browser browser = Browser.signedIn(Role.OPERATOR)) {
            browser.go("/");
            browser.see("[aria-label=Disks]", "free of");
            browser.run("window.loadedOnce = true");

            String run = laboratory.queue(batch, Json.createObjectBuilder());
            browser.see("[aria-label=Failures]", "overview-broken");
            browser.find(".lanes .bar-of-time[href='/runs/" + run + "']");
            assertThat(browser.run("return window.loadedOnce")).isEqualTo(true);
            browser.picture("overview");
            browser.widePicture("overview");

            browser.click("[aria-label='Restart overview-broken']");
            browser.seeNotice("is queued again");
            await().atMost(Patience.LIMIT)
                    .until(() -> laboratory.kiln().get("/api/runs/" + run).getInt("attempt") == 2);
            browser.assertWellBehaved();
        }
    }

    @Test
    void aViewerCannotRestart() throws Exception {
        Laboratory laboratory = new Laboratory();
        String batch = laboratory.batch("broken", laboratory.brokenScan("seen-by-all.h5"));
        String run = laboratory.queue(batch, Json.createObjectBuilder());
        await().atMost(Patience.LIMIT).until(() -> laboratory.state(run).equals("FAILED"));
        try (Browser browser = Browser.signedIn(Role.VIEWER)) {
            browser.go("/overview?hours=1");
            browser.see("[aria-label=Failures]", "seen-by-all");
            assertThat(browser.all("[aria-label=Failures] button")).isEmpty();
            assertThat(browser.all("nav a")).noneMatch(link -> link.getText().equals("Audit"));
        }
    }

    @Test
    void nodesAreDrainedAndResumedByAdministrators() throws Exception {
        try (Browser browser = Browser.signedIn(Role.ADMIN)) {
            browser.go("/nodes");
            browser.see(".node", "alive");
            browser.picture("nodes");
            browser.press("Drain …");
            browser.click("dialog button.primary");
            browser.see(".node", "drained");
            browser.press("Resume");
            browser.seeNo(".node .state.stopped");
            browser.assertWellBehaved();
        }
        try (Browser browser = Browser.signedIn(Role.OPERATOR)) {
            browser.go("/nodes");
            browser.see(".node", "alive");
            assertThat(browser.all(".node .actions button")).isEmpty();
        }
    }

    @Test
    void theAuditIsFilteredByWhatIsClicked() throws Exception {
        Laboratory laboratory = new Laboratory();
        String batch = laboratory.batch("audited", laboratory.scan("audited.h5"));
        try (Browser browser = Browser.signedIn(Role.ADMIN)) {
            browser.go("/audit");
            browser.press(batch);
            browser.see("table", "batch created");
            assertThat(browser.address()).isEqualTo("/audit?subject=" + batch);
            browser.waiting("the audit never came down to what was done to the batch")
                    .until(driver -> browser.all("tbody tr").stream()
                            .allMatch(entry -> entry.getText().contains(batch)));
            browser.picture("audit");
        }
    }

    @Test
    void aboutNamesTheVersionsAndOffersTheAdminConsoleToAdministrators() throws Exception {
        try (Browser browser = Browser.signedIn(Role.ADMIN)) {
            browser.go("/about");
            browser.see("[aria-label=Versions]", "WildFly");
            browser.see("[aria-label=Links]", "admin console");
            browser.picture("about");
        }
        try (Browser browser = Browser.signedIn(Role.VIEWER)) {
            browser.go("/about");
            browser.see("[aria-label=Versions]", "PostgreSQL");
            assertThat(browser.find("[aria-label=Links]").getText()).doesNotContain("admin console");
        }
    }
}
