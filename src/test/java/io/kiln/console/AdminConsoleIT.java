package io.kiln.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kiln.integration.KilnDeployment;
import io.kiln.integration.Patience;
import io.kiln.integration.TestServer;
import io.kiln.security.Role;
import io.kiln.tomography.sample.SampleScan;
import jakarta.json.Json;
import java.nio.file.Path;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;

/** WildFly's own console: an administrator sees Kiln's jobs there, stops one that runs and lets it go on, by clicking. */
@ExtendWith(ArquillianExtension.class)
@Timeout(1800)
class AdminConsoleIT {
    @Deployment(testable = false)
    static WebArchive application() {
        return KilnDeployment.asShipped();
    }

    @Test
    void aRunIsSeenStoppedAndRestarted() throws Exception {
        Laboratory laboratory = new Laboratory();
        Path scan = laboratory.file("long.h5");
        SampleScan.body(360, 384, 512, 255.5).write(scan);
        String run = laboratory.queue(
                laboratory.batch("long", scan),
                Json.createObjectBuilder()
                        .add(
                                "parameters",
                                Json.createObjectBuilder()
                                        .add("rotationAxis", 255.5)
                                        .add("reconstructionAlgorithm", "linerec")));
        await().atMost(Patience.LIMIT).until(() -> laboratory.state(run), "RUNNING"::equals);
        try (Browser browser = Browser.open()) {
            signIn(browser);
            click(browser, "Runtime");
            click(browser, "localhost");
            click(browser, "Batch");
            browser.see("body", "tomo-full");
            click(browser, "tomo-full");
            browser.press(By.xpath("//li[.//span[normalize-space()='tomo-full']]//a[normalize-space()='View']"));
            browser.see("body", "Batch Status: STARTED");

            click(browser, "Stop");
            await().atMost(Patience.LIMIT).until(() -> laboratory.state(run), "STOPPED"::equals);
            assertThat(laboratory.kiln().get("/api/runs/" + run).getString("reason"))
                    .isNotBlank();

            click(browser, "Refresh");
            browser.see("body", "Batch Status: STOPPED");
            click(browser, "Restart");
            await().atMost(Patience.LIMIT).until(() -> laboratory.state(run), "RUNNING"::equals);
            assertThat(laboratory.kiln().get("/api/runs/" + run).getInt("attempt"))
                    .isEqualTo(2);
            laboratory.kiln().post("/api/runs/" + run + "/stop");
            await().atMost(Patience.LIMIT).until(() -> laboratory.state(run), "STOPPED"::equals);
        }
    }

    private static void click(Browser browser, String text) {
        browser.press(By.xpath("//*[self::a or self::button or self::span][normalize-space()='" + text + "']"));
    }

    /** The browser asks for name and password in a window of its own, which takes them from an address as well. */
    private static void signIn(Browser browser) {
        String management = TestServer.managementAddress().toString();
        String user = TestServer.user(Role.ADMIN) + ":" + TestServer.password(Role.ADMIN) + "@";
        browser.driver().get(management.replace("://", "://" + user) + "management");
        browser.driver().get(management + "console/index.html");
    }
}
