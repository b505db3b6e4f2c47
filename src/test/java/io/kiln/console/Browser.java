package io.kiln.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.selenium.AxeBuilder;
import io.kiln.integration.TestServer;
import io.kiln.security.Role;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.regex.Pattern;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A Chromium in which somebody looks at Kiln's pages. Tests are skipped where there is none. */
final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final List<String> THEMES = List.of("light", "dark");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern REQUEST =
            Pattern.compile("\"method\":\"Network.requestWillBeSent\".*?\"request\":\\{.*?\"url\":\"(?<url>[^\"]*)\"");

    private final ChromeDriver chrome;

    private Browser() {
        assumeTrue(
                Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER),
                "no Chromium with its driver here (Debian: chromium, chromium-driver): the console is not looked at");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.setCapability("goog:loggingPrefs", logs);
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=1280,800");
        chrome = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .usingAnyFreePort()
                        .build(),
                options);
    }

    /** Opens a browser at the sign-in page. */
    static Browser open() {
        Browser browser = new Browser();
        browser.chrome.get(TestServer.address().toString());
        return browser;
    }

    /** Opens a browser in which the user of the role has signed in. */
    static Browser signedIn(Role role) {
        Browser browser = open();
        browser.signIn(role);
        return browser;
    }

    void signIn(Role role) {
        find(By.name("j_username")).sendKeys(TestServer.user(role));
        find(By.name("j_password")).sendKeys(TestServer.password(role));
        find(By.cssSelector("form button")).click();
        see(".who", TestServer.user(role));
    }

    /** @param address path and query, beginning with a slash */
    void go(String address) {
        chrome.get(TestServer.address().resolve(address).toString());
    }

    /** Path and query of what is shown. */
    String address() {
        URI address = URI.create(chrome.getCurrentUrl());
        return address.getRawPath() + (address.getRawQuery() == null ? "" : "?" + address.getRawQuery());
    }

    /** The first such element that is shown, waited for. */
    WebElement find(By what) {
        return waiting("no element " + what)
                .until(driver -> driver.findElements(what).stream()
                        .filter(WebElement::isDisplayed)
                        .findFirst()
                        .orElse(null));
    }

    WebElement find(String selector) {
        return find(By.cssSelector(selector));
    }

    /** Those that are there now. */
    List<WebElement> all(String selector) {
        return chrome.findElements(By.cssSelector(selector));
    }

    /** Clicks the button or link with this text. */
    void press(String text) {
        find(By.xpath("//*[self::button or self::a or self::summary][normalize-space()='" + text + "']"))
                .click();
    }

    /** Waits until an element that the selector finds shows the text. */
    void see(String selector, String text) {
        waiting(selector + " never showed '" + text + "'")
                .until(driver -> driver.findElements(By.cssSelector(selector)).stream()
                        .anyMatch(element -> element.getText().contains(text)));
    }

    /** Waits until the selector finds nothing that is shown. */
    void seeNo(String selector) {
        waiting(selector + " never went")
                .until(driver ->
                        driver.findElements(By.cssSelector(selector)).stream().noneMatch(WebElement::isDisplayed));
    }

    /** Runs a function body in the page. */
    Object run(String script, Object... arguments) {
        return chrome.executeScript(script, arguments);
    }

    WebDriverWait waiting(String complaint) {
        WebDriverWait wait = new WebDriverWait(chrome, PATIENCE);
        wait.withMessage(() -> complaint + " at " + chrome.getCurrentUrl() + "; the page says:\n" + text());
        wait.ignoring(StaleElementReferenceException.class);
        return wait;
    }

    private String text() {
        return String.valueOf(run("return document.body.innerText"));
    }

    ChromeDriver driver() {
        return chrome;
    }

    /** Keeps what is shown as {@code target/screenshots/NAME-light.png} and {@code -dark.png}, and looks for what keeps people out in both. */
    void picture(String name) {
        for (String theme : THEMES) {
            run("document.documentElement.dataset.theme = arguments[0]", theme);
            save(name + "-" + theme);
            assertEverybodyCanUse(name + "-" + theme);
        }
        run("delete document.documentElement.dataset.theme");
    }

    /** Like {@link #picture}, on a wall. */
    void widePicture(String name) {
        Dimension before = chrome.manage().window().getSize();
        chrome.manage().window().setSize(new Dimension(3840, 2160));
        for (String theme : THEMES) {
            run("document.documentElement.dataset.theme = arguments[0]", theme);
            save(name + "-wide-" + theme);
        }
        run("delete document.documentElement.dataset.theme");
        chrome.manage().window().setSize(before);
    }

    private void save(String name) {
        try {
            Files.createDirectories(PICTURES);
            Files.write(PICTURES.resolve(name + ".png"), chrome.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void assertEverybodyCanUse(String name) {
        assertThat(new AxeBuilder().analyze(chrome).getViolations())
                .as("what axe-core finds in %s", name)
                .filteredOn(violation -> List.of("serious", "critical").contains(violation.getImpact()))
                .extracting(violation -> violation.getId() + ": "
                        + violation.getNodes().stream()
                                .map(node -> node.getHtml())
                                .limit(3)
                                .toList())
                .isEmpty();
    }

    /** Nothing was asked of other hosts, and no script failed or was kept from running. Forgets what it has looked at. */
    void assertWellBehaved() {
        String own = TestServer.address().toString();
        assertThat(chrome.manage().logs().get(LogType.PERFORMANCE).getAll())
                .extracting(LogEntry::getMessage)
                .flatMap(message -> REQUEST.matcher(message)
                        .results()
                        .map(request -> request.group(1))
                        .toList())
                .as("what the browser asked for")
                .isNotEmpty()
                .allMatch(url -> url.startsWith(own) || url.startsWith("blob:") || url.startsWith("data:"));
        assertThat(chrome.manage().logs().get(LogType.BROWSER).getAll())
                .as("what the browser complained of")
                .filteredOn(entry -> entry.getLevel().equals(Level.SEVERE))
                .extracting(LogEntry::getMessage)
                // answers that refuse are shown to people, and listed by the browser, too
                .filteredOn(message ->
                        !message.contains("Failed to load resource: the server responded with a status of 4"))
                .isEmpty();
    }

    /** Figures of the page's loading, in milliseconds since it began. */
    Map<String, Number> paints() {
        @SuppressWarnings("unchecked")
        Map<String, Number> paints = (Map<String, Number>)
                run(
                        "return Object.fromEntries(performance.getEntriesByType('paint').map(paint => [paint.name, paint.startTime]))");
        return paints;
    }

    @Override
    public void close() {
        chrome.quit();
    }
}
