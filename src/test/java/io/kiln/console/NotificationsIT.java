package io.kiln.console;

import io.kiln.integration.KilnDeployment;
import io.kiln.security.Role;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;
import org.openqa.selenium.support.ui.Select;

/** Asking to be told, as people do it. */
@ExtendWith(ArquillianExtension.class)
class NotificationsIT {
    @Deployment(testable = false)
    static WebArchive application() {
        return KilnDeployment.asShipped();
    }

    @Test
    void somebodyAsksToBeToldAndEndsIt() throws Exception {
        try (Browser browser = Browser.signedIn(Role.VIEWER)) {
            browser.go("/notifications");
            browser.see(".empty", "You are told nothing yet");

            browser.press("Ask to be told …");
            browser.click("dialog input[value=STALLED]");
            browser.find("dialog input[name=address]").sendKeys("olga@example.org");
            browser.picture("notifications-ask");
            browser.press("Ask");
            browser.seeNotice("You are told at olga@example.org.");
            browser.see("td", "a batch has ended");
            browser.picture("notifications");

            browser.press("Ask to be told …");
            new Select(browser.find("dialog select[name=channel]")).selectByValue("WEBHOOK");
            browser.find("dialog input[name=address]").sendKeys("http://example.org/");
            browser.press("Ask");
            browser.see(".notice.complaint", "KILN_WEBHOOK_HOSTS");

            browser.press(By.xpath("//tr[contains(., 'olga@example.org')]//button"));
            browser.press("End");
            browser.see(".empty", "You are told nothing yet");
            browser.assertWellBehaved();
        }
    }
}
