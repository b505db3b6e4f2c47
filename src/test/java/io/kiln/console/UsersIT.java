package io.kiln.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.integration.KilnDeployment;
import io.kiln.integration.TestServer;
import io.kiln.security.Role;
import io.kiln.security.user.Users;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;
import org.openqa.selenium.support.ui.Select;

/** Users, passwords and tokens, as administrators and others see them. */
@ExtendWith(ArquillianExtension.class)
class UsersIT {
    private final String name = "olga-" + UUID.randomUUID();
    private final Users users = new Users(TestServer.home().resolve("users"));

    @Deployment(testable = false)
    static WebArchive application() {
        return KilnDeployment.asShipped();
    }

    @Test
    void administratorsAddChangeAndRemoveUsers() throws Exception {
        try (Browser browser = Browser.signedIn(Role.ADMIN)) {
            browser.go("/users");
            browser.press("Add a user …");
            browser.find("dialog input[name=name]").sendKeys(name);
            browser.find("dialog input[name=password]").sendKeys("correct horse");
            browser.press("Add");
            browser.seeNotice("Added " + name + ", viewer.");
            browser.picture("users");
            browser.widePicture("users");

            new Select(browser.find("select[aria-label='Role of " + name + "']")).selectByVisibleText("operator");
            browser.seeNotice(name + " is operator now.");
            assertThat(users.find(name).orElseThrow().role()).isEqualTo(Role.OPERATOR);

            browser.press(By.xpath("//tr[contains(., '" + name + "')]//button[contains(., 'Remove')]"));
            browser.press("Remove");
            browser.seeNotice("Removed " + name);
            assertThat(users.find(name)).isEmpty();
            browser.assertWellBehaved();
        }
    }

    @Test
    void aTokenIsShownOnceUsedAndRevoked() throws Exception {
        try (Browser browser = Browser.signedIn(Role.OPERATOR)) {
            browser.go("/users");
            browser.press("Make a token …");
            browser.find("dialog input[name=name]").sendKeys(name);
            browser.press("Make");
            String secret = browser.find(".token-secret code").getText();
            browser.picture("users-token");
            assertThat(status(secret)).isEqualTo(200);

            browser.go("/users");
            browser.see(".users-tokens", name);
            assertThat(browser.all(".token-secret")).isEmpty();
            browser.press(By.xpath("//tr[contains(., '" + name + "')]//button[contains(., 'Revoke')]"));
            browser.press("Revoke");
            browser.seeNotice("Revoked the token");
            assertThat(status(secret)).isEqualTo(401);
        }
    }

    @Test
    void othersSeeTheirOwnAccountAlone() throws IOException {
        users.add(name, Role.VIEWER, "correct horse");
        try (Browser browser = Browser.open()) {
            browser.go("/users");
            signIn(browser, "correct horse");
            browser.see("h1", "Your account");
            assertThat(browser.all("select[aria-label^='Role of']")).isEmpty();

            browser.press("Change your password …");
            browser.find("dialog input[name=present]").sendKeys("correct horse");
            browser.find("dialog input[name=password]").sendKeys("battery staple");
            browser.press("Change");
            browser.find(By.name("j_username"));
            signIn(browser, "battery staple");
            browser.see(".who", name);
        } finally {
            users.remove(name);
        }
    }

    private void signIn(Browser browser, String password) {
        browser.find(By.name("j_username")).sendKeys(name);
        browser.find(By.name("j_password")).sendKeys(password);
        browser.click("form button");
    }

    private static int status(String secret) throws IOException, InterruptedException {
        URI address = TestServer.address().resolve("/api/session");
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Authorization", "Bearer " + secret)
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }
}
