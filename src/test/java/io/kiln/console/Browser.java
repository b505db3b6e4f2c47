package io.kiln.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kiln.integration.SignedIn;
import io.kiln.integration.TestServer;
import io.kiln.security.Role;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpCookie;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.ElementNotInteractableException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A Chromium in which somebody looks at Kiln's pages. Tests are skipped where there is none. One that is closed is taken by the next test, which finds nothing of
 * what the last one did: to start one takes longer than many a test.
 */
final class Browser implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Browser.class.getName());
    private static final Deque<ChromeDriver> IDLE = new ConcurrentLinkedDeque<>();
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration GLANCE = Duration.ofMillis(100);
    private static final Dimension SIZE = new Dimension(1280, 800);
    private static final String AXE = axe();
    private static final String KEEPS_PEOPLE_OUT = """
            const [rules, done] = arguments;
            const isGrave = violation => ['serious', 'critical'].includes(violation.impact);
            const sentence = violation => `${violation.id}: ${violation.nodes.slice(0, 3).map(node => node.html)}`;
            axe.run(rules.length ? {runOnly: rules} : {}).then(found => done(found.violations.filter(isGrave).map(sentence)));
            """;

    /** Keeps what each notice said that was drawn. */
    private static final String KEEP_NOTICES = """
            window.noticesShown = [];
            const note = text => [...document.querySelectorAll('.notice')].some(one => one.textContent.includes(text))
                && window.noticesShown.push(text);
            addEventListener('kiln-notices', ({detail}) => detail && setTimeout(() => note(detail)));
            """;

    private static final String TAKE_NOTICE = """
            if (!window.noticesShown) {
              return [...document.querySelectorAll('.notice')].some(one => one.textContent.includes(arguments[0]));
            }
            const at = window.noticesShown.findIndex(text => text.includes(arguments[0]));
            return at >= 0 && window.noticesShown.splice(at, 1).length === 1;
            """;

    /** Whether the first element that the selector finds is within the window, and within everything that would clip it; to a pixel. */
    private static final String IS_WITHIN = """
            const element = document.querySelector(arguments[0]);
            const {left, right, width} = element.getBoundingClientRect();
            const isBetween = (from, to) => left >= from - 1 && right <= to + 1;
            for (let around = element.parentElement; around; around = around.parentElement) {
              const edges = around.getBoundingClientRect();
              if (getComputedStyle(around).overflowX !== 'visible' && !isBetween(edges.left, edges.right)) {
                return false;
              }
            }
            return width > 0 && isBetween(0, innerWidth);
            """;

    private static final Pattern REQUEST =
            Pattern.compile("\"method\":\"Network.requestWillBeSent\".*?\"request\":\\{.*?\"url\":\"(?<url>[^\"]*)\"");

    private final ChromeDriver chrome;
    private final List<Object> scripts = new ArrayList<>();

    private Browser() {
        chrome = idle().orElseGet(Browser::start);
        runInEachPage(KEEP_NOTICES);
    }

    /** One that is idle and still answers. */
    private static Optional<ChromeDriver> idle() {
        for (ChromeDriver idle = IDLE.poll(); idle != null; idle = IDLE.poll()) {
            try {
                idle.getWindowHandles();
                return Optional.of(idle);
            } catch (WebDriverException e) {
                LOG.log(Level.WARNING, e, () -> "an idle Chromium answers no more; another is taken");
            }
        }
        return Optional.empty();
    }

    private static ChromeDriver start() {
        assumeTrue(
                Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER),
                "no Chromium with its driver here (Debian: chromium, chromium-driver): the console is not looked at");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.setScriptTimeout(Duration.ofMinutes(5));
        options.setCapability("goog:loggingPrefs", logs);
        options.addArguments(
                "--headless",
                "--lang=en-US",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=" + SIZE.getWidth() + "," + SIZE.getHeight());
        ChromeDriver started = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .usingAnyFreePort()
                        .build(),
                options);
        Runtime.getRuntime().addShutdownHook(new Thread(started::quit));
        return started;
    }

    /** Opens a browser at the sign-in page. */
    static Browser open() {
        Browser browser = new Browser();
        browser.chrome.get(TestServer.address().toString());
        return browser;
    }

    /** Opens a browser in which the user of the role has signed in, at no page yet. */
    static Browser signedIn(Role role) throws IOException, InterruptedException {
        Browser browser = new Browser();
        HttpCookie session = SignedIn.session(role);
        browser.chrome.executeCdpCommand(
                "Network.setCookie",
                Map.of(
                        "name", session.getName(),
                        "value", session.getValue(),
                        "url", TestServer.address().toString()));
        return browser;
    }

    void signIn(Role role) {
        find(By.name("j_username")).sendKeys(TestServer.user(role));
        find(By.name("j_password")).sendKeys(TestServer.password(role));
        click("form button");
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
        return waiting("no element " + what).until(driver -> shown(what).orElse(null));
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
        press(By.xpath("//*[self::button or self::a or self::summary][normalize-space()='" + text + "']"));
    }

    /** The same for the first such element. */
    void click(String selector) {
        press(By.cssSelector(selector));
    }

    /** Clicks the first such element that is shown; another in its place, where the page was drawn anew meanwhile. */
    void press(By what) {
        waiting("nothing to press " + what).until(driver -> {
            Optional<WebElement> shown = shown(what);
            shown.ifPresent(WebElement::click);
            return shown.isPresent();
        });
    }

    private Optional<WebElement> shown(By what) {
        return chrome.findElements(what).stream()
                .filter(WebElement::isDisplayed)
                .findFirst();
    }

    /** Waits until an element that the selector finds shows the text. */
    void see(String selector, String text) {
        waiting(selector + " never showed '" + text + "'")
                .until(driver -> driver.findElements(By.cssSelector(selector)).stream()
                        .anyMatch(element -> element.getText().contains(text)));
    }

    /** Waits until a notice has said the text, each time once: it may have gone by itself since. */
    void seeNotice(String text) {
        waiting("no notice said '" + text + "'").until(driver -> run(TAKE_NOTICE, text));
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

    /** Runs a script in each page that is opened from now on, before the page's own. */
    void runInEachPage(String script) {
        Map<String, Object> added =
                chrome.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
        scripts.add(added.get("identifier"));
    }

    /** Has the next page fetch all its files, as at somebody's first visit. */
    void forgetFiles() {
        chrome.executeCdpCommand("Network.clearBrowserCache", Map.of());
    }

    WebDriverWait waiting(String complaint) {
        WebDriverWait wait = new WebDriverWait(chrome, PATIENCE, GLANCE);
        wait.withMessage(() -> complaint + " at " + chrome.getCurrentUrl() + "; the page says:\n" + text());
        // what lay over an element, as a page that was not laid out yet, has kept a click from being made; or it was
        // not shown any more
        wait.ignoring(StaleElementReferenceException.class, ElementNotInteractableException.class);
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
        look("light", name + "-light", List.of());
        // nothing but colours differs
        look("dark", name + "-dark", List.of("color-contrast", "link-in-text-block"));
        run("delete document.documentElement.dataset.theme");
    }

    private void look(String theme, String name, List<String> rules) {
        run("document.documentElement.dataset.theme = arguments[0]", theme);
        save(name);
        assertEverybodyCanUse(name, rules);
    }

    /** Keeps what is shown on a wall as {@code target/screenshots/NAME-wide.png}. */
    void widePicture(String name) {
        chrome.manage().window().setSize(new Dimension(3840, 2160));
        save(name + "-wide");
        Object width = run("return innerWidth");
        chrome.manage().window().setSize(SIZE);
        waiting("the window stayed wide").until(driver -> !width.equals(run("return innerWidth")));
    }

    /**
     * Keeps what is shown on a telephone as {@code target/screenshots/NAME-narrow.png}.
     *
     * @param inside what must be within the window
     */
    void narrowPicture(String name, String... inside) {
        chrome.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", 390, "height", 844, "deviceScaleFactor", 1, "mobile", false));
        try {
            waiting("the window is not narrow")
                    .until(driver -> Long.valueOf(390).equals(run("return innerWidth")));
            for (String selector : inside) {
                waiting(selector + " is not within the narrow window")
                        .until(driver -> Boolean.TRUE.equals(run(IS_WITHIN, selector)));
            }
            save(name + "-narrow");
        } finally {
            // the next test may have the same browser
            chrome.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        }
        waiting("the window stayed narrow").until(driver -> !Long.valueOf(390).equals(run("return innerWidth")));
    }

    private void save(String name) {
        try {
            Files.createDirectories(PICTURES);
            Files.write(PICTURES.resolve(name + ".png"), chrome.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** @param rules of axe-core; none of them means all */
    private void assertEverybodyCanUse(String name, List<String> rules) {
        if (Boolean.TRUE.equals(run("return window.axe === undefined"))) {
            run(AXE);
        }
        assertThat((List<?>) chrome.executeAsyncScript(KEEPS_PEOPLE_OUT, rules))
                .as("what axe-core finds in %s", name)
                .isEmpty();
    }

    private static String axe() {
        try (InputStream script = Browser.class.getResourceAsStream("/axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        try {
            forget();
            IDLE.push(chrome);
        } catch (WebDriverException e) {
            LOG.log(Level.WARNING, e, () -> "a Chromium cannot be made as new again; the next test takes another");
            chrome.quit();
        }
    }

    private void forget() {
        for (String further : chrome.getWindowHandles().stream().skip(1).toList()) {
            chrome.switchTo().window(further).close();
        }
        chrome.switchTo().window(chrome.getWindowHandles().iterator().next());
        chrome.manage().window().setSize(SIZE);
        chrome.executeCdpCommand(
                "Storage.clearDataForOrigin", Map.of("origin", TestServer.base().toString(), "storageTypes", "all"));
        chrome.executeCdpCommand("Network.clearBrowserCookies", Map.of());
        for (Object script : scripts) {
            chrome.executeCdpCommand("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", script));
        }
        chrome.get("about:blank");
        chrome.manage().logs().get(LogType.PERFORMANCE);
        chrome.manage().logs().get(LogType.BROWSER);
    }
}
