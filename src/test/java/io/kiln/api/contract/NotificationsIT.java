package io.kiln.api.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import io.kiln.integration.KilnDeployment;
import io.kiln.integration.TestServer;
import io.kiln.security.Role;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** People are told by a real mail server and a real HTTP server. */
@ExtendWith(ArquillianExtension.class)
@Timeout(180)
class NotificationsIT {
    private static final String SUBSCRIPTIONS = "/api/subscriptions";
    private static final Duration SOON = Duration.ofSeconds(120);

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private HttpServer receiver;
    private Path data;

    /** What a webhook brought. */
    private record Received(String signature, String body) {
        JsonObject json() {
            try (var reader = Json.createReader(new StringReader(body))) {
                return reader.readObject();
            }
        }
    }

    @Deployment(testable = false)
    static WebArchive application() {
        return KilnDeployment.asShipped();
    }

    @BeforeEach
    void open() throws IOException {
        data = Files.createTempDirectory(TestServer.home().resolve("data").toRealPath(), "notified");
        receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        receiver.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean refused = refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
            if (!refused) {
                received.add(new Received(exchange.getRequestHeaders().getFirst("Kiln-Signature"), body));
            }
            exchange.sendResponseHeaders(refused ? 503 : 204, -1);
            exchange.close();
        });
        receiver.start();
    }

    @AfterEach
    void close() {
        receiver.stop(0);
    }

    @Test
    void aWebhookTellsOfTheFirstFailureAndTheEndSignedAndOnce() throws GeneralSecurityException {
        JsonObject subscription = subscribe(null, "WEBHOOK", hook(), "FIRST_FAILURE", "BATCH_ENDED");
        assertThat(Calls.get(Role.OPERATOR, SUBSCRIPTIONS).body()).doesNotContain(subscription.getString("secret"));
        String batch = failingBatch("teeth", 2);

        // of the operator's other batches, which other tests have left, too
        await().atMost(SOON).until(() -> receivedOf(batch).size() >= 2);

        Received failure = receivedOf(batch).get(0);
        assertThat(failure.json().getString("occasion")).isEqualTo("FIRST_FAILURE");
        assertThat(failure.json().getString("batch")).isEqualTo(batch);
        assertThat(failure.json().getString("reason")).isNotBlank();
        Received end = receivedOf(batch).get(1);
        assertThat(end.json().getString("occasion")).isEqualTo("BATCH_ENDED");
        assertThat(end.json().getString("text")).contains("teeth").contains("Failed: 2");
        assertThat(end.signature()).isEqualTo(signature(end.body(), subscription.getString("secret")));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(told(subscription))
                        .filteredOn(one -> one.getString("batch").equals(batch))
                        .hasSize(2)
                        .allMatch(one -> one.getString("state").equals("SENT")));
        assertThat(receivedOf(batch)).hasSize(2);
    }

    @Test
    void whatIsNotTakenIsSentAgain() throws SQLException {
        refusals.set(1);
        String batch = failingBatch("again", 0);
        JsonObject subscription = subscribe(batch, "WEBHOOK", hook(), "BATCH_ENDED");
        addFailing(batch, 1);
        queue(batch);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(told(subscription))
                        .singleElement()
                        .satisfies(
                                one -> assertThat(one.getString("outcome", "")).contains("answered 503")));
        assertThat(told(subscription).get(0).getString("state")).isIn("PENDING", "SENT");
        hurry(subscription);

        await().atMost(SOON).until(() -> received.size() == 1);
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(told(subscription).get(0).getInt("attempts")).isEqualTo(2));
    }

    @Test
    void aMailTellsOfTheEndOfOneBatch() {
        String batch = failingBatch("mailed", 0);
        GreenMail mail = new GreenMail(new ServerSetup(TestServer.mailPort(), "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        try {
            subscribe(batch, "MAIL", "olga@example.org", "BATCH_ENDED");
            addFailing(batch, 1);
            queue(batch);

            assertThat(mail.waitForIncomingEmail(SOON.toMillis(), 1)).isTrue();

            MimeMessage message = mail.getReceivedMessages()[0];
            assertThat(message.getSubject()).startsWith("Batch 'mailed' has ended");
            assertThat(message.getAllRecipients()[0]).hasToString("olga@example.org");
            assertThat(message.getFrom()[0]).hasToString("kiln@example.org");
            assertThat(GreenMailUtil.getBody(message)).contains("https://kiln.example.org/batches/" + batch);
        } catch (MessagingException e) {
            throw new AssertionError(e);
        } finally {
            mail.stop();
        }
    }

    @Test
    void onlyAllowedPlacesAreSentTo() {
        assertThat(refused("WEBHOOK", "http://169.254.169.254/latest")).contains("KILN_WEBHOOK_HOSTS");
        assertThat(refused("WEBHOOK", "file:///etc/passwd")).contains("http or https");
        assertThat(refused("WEBHOOK", "http://user:secret@127.0.0.1/")).contains("without user");
        assertThat(refused("MAIL", "olga")).contains("no mail address");
        assertThat(refused("MAIL", "a@example.org, b@example.org")).contains("no mail address");
        Calls.post(SUBSCRIPTIONS, wanted(null, "PIGEON", "roof", "BATCH_ENDED")).problem(400, "invalid-request");
        Calls.post(SUBSCRIPTIONS, wanted(null, "MAIL", "olga@example.org")).problem(400, "invalid-request");
        Calls.post(SUBSCRIPTIONS, wanted(UUID.randomUUID().toString(), "MAIL", "olga@example.org", "STALLED"))
                .problem(404, "not-found");
    }

    @Test
    void subscriptionsAreTheirOwnersAndAdministrators() {
        String id = subscribe(null, "MAIL", "olga@example.org", "STALLED").getString("id");

        assertThat(Calls.get(Role.VIEWER, SUBSCRIPTIONS).body()).doesNotContain(id);
        assertThat(Calls.get(Role.ADMIN, SUBSCRIPTIONS).body()).contains(id);
        Calls.call(Role.VIEWER, "DELETE", SUBSCRIPTIONS + "/" + id, "").problem(403, "not-yours");
        assertThat(Calls.call(Role.ADMIN, "DELETE", SUBSCRIPTIONS + "/" + id, "")
                        .status())
                .isEqualTo(204);
        assertThat(Calls.get(Role.OPERATOR, SUBSCRIPTIONS).body()).doesNotContain(id);
    }

    private String hook() {
        return "http://127.0.0.1:" + receiver.getAddress().getPort() + "/kiln";
    }

    private static String refused(String channel, String address) {
        return Calls.post(SUBSCRIPTIONS, wanted(null, channel, address, "BATCH_ENDED"))
                .problem(400, "invalid-request")
                .getString("detail");
    }

    private static JsonObject subscribe(String batch, String channel, String address, String... occasions) {
        return Calls.post(SUBSCRIPTIONS, wanted(batch, channel, address, occasions))
                .created();
    }

    private static String wanted(String batch, String channel, String address, String... occasions) {
        var wanted = Json.createObjectBuilder()
                .add("channel", channel)
                .add("address", address)
                .add("occasions", Json.createArrayBuilder(Arrays.asList(occasions)));
        return (batch == null ? wanted : wanted.add("batch", batch)).build().toString();
    }

    private List<Received> receivedOf(String batch) {
        return received.stream()
                .filter(one -> one.json().getString("batch").equals(batch))
                .toList();
    }

    private static List<JsonObject> told(JsonObject subscription) {
        return Calls.get(Role.OPERATOR, "/api/notifications")
                .json()
                .getJsonArray("items")
                .getValuesAs(JsonObject.class)
                .stream()
                .filter(one -> one.getString("subscription").equals(subscription.getString("id")))
                .toList();
    }

    /** What waits for its next try is due now. */
    private static void hurry(JsonObject subscription) throws SQLException {
        try (Connection database = TestServer.connect();
                Statement statement = database.createStatement()) {
            statement.executeUpdate("update notification set due_at = clock_timestamp() where subscription = '"
                    + subscription.getString("id") + "'");
        }
    }

    /** A batch of files that are no scans, queued; with none it is not. */
    private String failingBatch(String name, int items) {
        String batch = Calls.post("/api/batches", "{\"name\": \"" + name + "\"}")
                .created()
                .getString("id");
        if (items > 0) {
            addFailing(batch, items);
            queue(batch);
        }
        return batch;
    }

    private void addFailing(String batch, int items) {
        var added = Json.createArrayBuilder();
        for (int i = 0; i < items; i++) {
            try {
                Path file = Files.writeString(data.resolve(i + ".h5"), "no scan");
                added.add(Json.createObjectBuilder().add("input", file.toString()));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        String body = Json.createObjectBuilder().add("items", added).build().toString();
        Calls.post("/api/batches/" + batch + "/items", body).created();
    }

    private static void queue(String batch) {
        Calls.post("/api/batches/" + batch + "/runs", "{\"pipeline\": \"tomo-full\"}")
                .created();
    }

    private static String signature(String body, String secret) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    }
}
