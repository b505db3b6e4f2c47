package io.kiln.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.integration.KilnDeployment;
import io.kiln.security.Role;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;

/** Signing in and out, and what all screens share. */
@ExtendWith(ArquillianExtension.class)
class FrameIT {
    @Deployment(testable = false)
    static WebArchive application() {
        return KilnDeployment.asShipped();
    }

    @Test
    void signingInLeadsToThePageThatWasAskedForAndSigningOutLeavesIt() {
        try (Browser browser = Browser.open()) {
            browser.picture("sign-in");
            browser.go("/no-such-screen");
            browser.go("/about?from=a-link");
            browser.signIn(Role.OPERATOR);

            assertThat(browser.address()).isEqualTo("/about?from=a-link");
            browser.see(".who", "operator");
            browser.press("Sign out");
            browser.find(By.name("j_username"));
            browser.assertWellBehaved();
        }
    }

    @Test
    void aWrongPasswordIsSaid() {
        try (Browser browser = Browser.open()) {
            browser.find(By.name("j_username")).sendKeys("operator");
            browser.find(By.name("j_password")).sendKeys("wrong");
            browser.click("form button");

            browser.see("[role=alert]", "do not go together");
            browser.picture("sign-in-failed");
        }
    }

    @Test
    void anAddressThatNamesNothingSaysSoInThePage() throws Exception {
        try (Browser browser = Browser.signedIn(Role.VIEWER)) {
            browser.go("/runs/nosuch");
            browser.see(".empty", "run is 'nosuch', but must be a UUID");
            browser.go("/batches/nosuch");
            browser.see(".empty", "batch is 'nosuch', but must be a UUID");
            browser.go("/jobs/nosuch");
            browser.see(".empty", "execution is 'nosuch', but must be a whole number");
            browser.assertWellBehaved();
        }
    }

    @Test
    void aNarrowWindowShowsWhereOneIs() throws Exception {
        try (Browser browser = Browser.signedIn(Role.OPERATOR)) {
            browser.go("/about");
            browser.see("h1", "About");
            browser.narrowPicture("about", "nav [aria-current]", ".who button:last-child");
        }
    }

    @Test
    void theColoursAreChosenAndKept() throws Exception {
        try (Browser browser = Browser.signedIn(Role.VIEWER)) {
            browser.go("/");
            browser.click("button[title^='Colours: auto']");
            browser.click("button[title^='Colours: light']");
            browser.find("button[title^='Colours: dark']");
            browser.go("/about");
            browser.find("button[title^='Colours: dark']");

            assertThat(browser.run("return document.documentElement.dataset.theme"))
                    .isEqualTo("dark");
        }
    }
}
