package io.kiln.api.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kiln.api.events.EventHub;
import io.kiln.cli.client.EventLines;
import io.kiln.cli.client.EventLines.Received;
import io.kiln.integration.KilnDeployment;
import io.kiln.integration.Listener;
import io.kiln.integration.Patience;
import io.kiln.integration.SignedIn;
import io.kiln.integration.TestServer;
import io.kiln.security.Role;
import jakarta.json.Json;
import jakarta.json.JsonNumber;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many listeners of events, and such as do not read. */
@ExtendWith(ArquillianExtension.class)
@Timeout(900)
class ListenersIT {
    private static final Logger LOG = Logger.getLogger(ListenersIT.class.getName());
    /** Together more than sockets and a listener's queue hold. */
    private static final int BURSTS = 16;

    private static final int BURST = 500;
    private static final int LETTERS = 4000;
    private static final String KIND = "listening";

    @Deployment(testable = false)
    static WebArchive application() {
        return KilnDeployment.asShipped();
    }

    @Test
    void aListenerThatDoesNotReadLosesEventsAndIsToldSoWhileOthersHearAll() throws Exception {
        UUID batch = UUID.randomUUID();
        try (Ear slow = new Ear();
                Ear quick = new Ear()) {
            List<Received> all = new ArrayList<>();
            for (int i = 1; i <= BURSTS; i++) {
                happen(batch, "burst " + i, BURST);
                all.addAll(quick.until("burst " + i + " " + BURST));
            }
            List<Received> some = slow.until("burst " + BURSTS + " " + BURST);

            assertThat(all).extracting(ListenersIT::state).containsExactlyElementsOf(states());
            assertThat(some).hasSizeLessThan(all.size());
            assertThat(some).extracting(Received::name).contains("resync").containsOnly("resync", KIND);
            int resync = some.stream().map(Received::name).toList().lastIndexOf("resync");
            assertThat(some.get(resync).id()).isNotEmpty();
            // what is kept for a listener is bounded
            assertThat(some.size() - resync).isLessThan(1100);
            assertThat(some.subList(resync + 1, some.size()))
                    .extracting(ListenersIT::state)
                    .containsExactlyElementsOf(states().subList(all.size() - (some.size() - resync - 1), all.size()));
        }
    }

    private static List<String> states() {
        return IntStream.rangeClosed(1, BURSTS)
                .boxed()
                .flatMap(burst -> IntStream.rangeClosed(1, BURST).mapToObj(number -> "burst " + burst + " " + number))
                .toList();
    }

    @Test
    void aListenerThatComesBackAfterMoreThanIsKeptForItIsToldSoAndHearsWhatComes() throws Exception {
        UUID batch = UUID.randomUUID();
        String seen;
        try (Ear ear = new Ear()) {
            happen(batch, "seen", 1);
            ear.until("seen 1");
            seen = ear.last;
        }
        try (Ear other = new Ear()) {
            happen(batch, "missed", 1000);
            other.until("missed 1000");
        }

        try (Ear ear = new Ear(seen)) {
            assertThat(ear.lines.next().orElseThrow().name()).isEqualTo("resync");
            happen(batch, "new", 1);
            assertThat(ear.until("new 1")).extracting(ListenersIT::state).doesNotHaveDuplicates();
        }
    }

    /** As a browser's EventSource: a connection that is lost is made anew, from the last event on. */
    private static final class Ear implements AutoCloseable {
        private EventLines lines;
        private String last = "";

        Ear() {
            lines = new EventLines(Calls.stream(request()).body());
        }

        Ear(String last) {
            this.last = last;
            lines = anew();
        }

        private EventLines anew() {
            return new EventLines(
                    Calls.stream(request().header("Last-Event-ID", last)).body());
        }

        private static HttpRequest.Builder request() {
            return Calls.as(Role.VIEWER, Calls.request("GET", "/api/events", ""));
        }

        private Received next() {
            try {
                return lines.next().orElseThrow();
            } catch (IOException e) {
                LOG.log(Level.WARNING, "heard no more after " + last, e);
                assertThat(last)
                        .describedAs("the connection was lost before anything came")
                        .isNotEmpty();
                lines = anew();
                return next();
            }
        }

        /** What is heard of these tests' own events, up to the one with this state. */
        List<Received> until(String state) {
            List<Received> heard = new ArrayList<>();
            do {
                Received event = next();
                last = event.id().isEmpty() ? last : event.id();
                if (event.name().equals(KIND) || event.name().equals("resync")) {
                    heard.add(event);
                }
            } while (heard.isEmpty() || !state(heard.get(heard.size() - 1)).equals(state));
            return heard;
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }

    private static String state(Received event) {
        return event.data().getString("state", "");
    }

    /** Events as many changes at once would write them, only longer. */
    private static void happen(UUID batch, String state, int count) throws SQLException {
        try (Connection connection = TestServer.connect();
                PreparedStatement insert =
                        connection.prepareStatement("insert into event (kind, batch, state, reason) select '" + KIND
                                + "', ?, ? || ' ' || number, repeat('x', " + LETTERS
                                + ") from generate_series(1, ?) number")) {
            insert.setObject(1, batch);
            insert.setString(2, state);
            insert.setInt(3, count);
            assertThat(insert.executeUpdate()).isEqualTo(count);
        }
    }

    @Test
    void asManyListenersAsThereMayBeHearAtOnceTakeNoThreadEachAndLeaveNothing() throws Exception {
        awaitNoListeners();
        int before = Files.readAllLines(serverLog()).size();
        HttpClient http = SignedIn.client(Role.VIEWER);
        String batch = UUID.randomUUID().toString();
        int threads = threads();
        List<Listener> listeners = new ArrayList<>();
        try {
            for (int i = 0; i < EventHub.MOST_LISTENERS; i++) {
                listeners.add(Listener.of(http, batch));
            }
            all(listeners.stream().map(Listener::connected).toList());
            assertThat(Calls.get(Role.VIEWER, "/api/events")
                            .problem(503, "unavailable")
                            .getString("detail"))
                    .contains("500 listeners");
            // the server's worker has up to 16 for each processor, whoever asks
            assertThat(threads() - threads)
                    .isLessThan(20 + 16 * Runtime.getRuntime().availableProcessors());

            Instant told = Instant.now();
            happen(UUID.fromString(batch), "heard", 1);
            all(listeners.stream().map(Listener::heard).toList());
            assertThat(Duration.between(told, Instant.now())).isLessThan(Duration.ofSeconds(60));
        } finally {
            listeners.forEach(Listener::close);
        }

        awaitNoListeners();
        List<String> log = Files.readAllLines(serverLog());
        assertThat(log.subList(Math.min(before, log.size()), log.size()))
                .noneMatch(line -> line.contains("UT005088") || line.contains("ClosedChannelException"));
    }

    @Test
    void whoAsksForTheHeadAloneIsAnsweredAndListensToNothing() {
        awaitNoListeners();

        Answer head = Calls.call(Role.VIEWER, "HEAD", "/api/events?lastSeconds=5", "");

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Type").orElse("")).startsWith("text/event-stream");
        assertThat(listeners()).allMatch(line -> line.endsWith(" 0.0"));
    }

    private static void all(List<CompletableFuture<Void>> futures) throws Exception {
        CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new))
                .get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    /** That a listener has gone is noticed when it is told something. */
    private static void awaitNoListeners() {
        await().atMost(Patience.LIMIT).until(() -> {
            happen(UUID.randomUUID(), "noticed", 1);
            return listeners().stream().allMatch(line -> line.endsWith(" 0.0"));
        });
    }

    /** How many there are, a line for each measure. */
    private static List<String> listeners() {
        return Calls.get(Role.VIEWER, "/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("kiln_event_listeners"))
                .toList();
    }

    /** How many threads the server has. */
    private static int threads() {
        URI management = TestServer.managementAddress().resolve("management");
        String operation = Json.createObjectBuilder()
                .add("operation", "read-attribute")
                .add("name", "thread-count")
                .add(
                        "address",
                        Json.createArrayBuilder()
                                .add("core-service")
                                .add("platform-mbean")
                                .add("type")
                                .add("threading"))
                .build()
                .toString();
        Answer answer = Calls.send(Calls.as(Role.ADMIN, HttpRequest.newBuilder(management))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(operation)));
        assertThat(answer.status()).describedAs(answer.body()).isEqualTo(200);
        return ((JsonNumber) answer.json().get("result")).intValue();
    }

    private static Path serverLog() {
        return Path.of(System.getProperty("kiln.it.base"), "log", "server.log");
    }
}
