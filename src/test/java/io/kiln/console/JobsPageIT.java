package io.kiln.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kiln.integration.Patience;
import io.kiln.integration.WaitingJob;
import io.kiln.security.Role;
import jakarta.json.Json;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The plain JSR-352 view. */
@ExtendWith(ArquillianExtension.class)
@Order(3)
class JobsPageIT {

    @Deployment(testable = false)
    static WebArchive application() {
        return WaitingJob.deployment();
    }

    @Test
    void aPlainJobIsStartedWithPropertiesStoppedRestartedAndAbandoned() throws Exception {
        try (Browser browser = Browser.signedIn(Role.OPERATOR)) {
            browser.go("/jobs");
            browser.see("[aria-label=Jobs]", "tomo-full");
            browser.click("[aria-label='Start waiting']");
            browser.find("dialog textarea").sendKeys("tooth = molar\nside = left");
            browser.click("dialog button.primary");
            browser.see("h1", "of waiting");
            browser.see(".job-facts", "molar");
            browser.see(".head .state", "STARTED");
            String first = browser.address();

            browser.press("Stop");
            browser.see(".head .state", "STOPPED");
            browser.see("[aria-label='Step wait']", "STOPPED");
            browser.picture("job-execution");
            browser.press("Restart");
            browser.seeNotice("goes on with it");
            browser.go("/jobs?job=" + WaitingJob.NAME);
            browser.click("[aria-label^='Stop execution']");
            browser.press("Read anew");
            browser.find("[aria-label^='Abandon execution']");
            // the second execution goes on with what the first has left
            assertThat(browser.all("[aria-label='Restart execution " + first.substring("/jobs/".length()) + "']"))
                    .isEmpty();
            browser.picture("jobs");
            browser.all("[aria-label^='Abandon execution']").get(0).click();
            browser.see("[aria-label=Executions]", "ABANDONED");
            assertThat(first).startsWith("/jobs/");
            browser.assertWellBehaved();
        }
    }

    @Test
    void anExecutionOfARunIsItsOwnersToRestart() throws Exception {
        Laboratory administrator = new Laboratory(Role.ADMIN);
        String batch = administrator.batchOfItsOwn("alone", administrator.brokenScan("broken.h5"));
        String run = administrator.queue(batch, Json.createObjectBuilder());
        await().atMost(Patience.LIMIT)
                .untilAsserted(() -> assertThat(administrator.state(run)).isEqualTo("FAILED"));
        String restart = "tr:has(a[href='/runs/" + run + "']) [aria-label^='Restart execution']";

        try (Browser operator = Browser.signedIn(Role.OPERATOR)) {
            operator.go("/jobs?job=tomo-full");
            operator.see("[aria-label=Executions]", "run " + run.substring(0, 8));
            assertThat(operator.all(restart)).isEmpty();
        }
        try (Browser owner = Browser.signedIn(Role.ADMIN)) {
            owner.go("/jobs?job=tomo-full");
            owner.find(restart);
            owner.assertWellBehaved();
        }
    }

    @Test
    void aViewerStartsNothing() throws Exception {
        try (Browser browser = Browser.signedIn(Role.VIEWER)) {
            browser.go("/jobs");
            browser.see("[aria-label=Jobs]", "waiting");
            assertThat(browser.all("[aria-label=Jobs] button")).isEmpty();
        }
    }
}
