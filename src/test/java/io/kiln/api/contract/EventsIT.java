package io.kiln.api.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.cli.client.EventLines;
import io.kiln.cli.client.EventLines.Received;
import io.kiln.integration.KilnDeployment;
import io.kiln.integration.TestServer;
import io.kiln.security.Role;
import io.kiln.tomography.sample.SampleScan;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ArquillianExtension.class)
@Timeout(300)
class EventsIT {
    @Deployment(testable = false)
    static WebArchive application() {
        return KilnDeployment.asShipped();
    }

    @Test
    void whatHappensIsToldAsItHappens() throws IOException {
        try (EventLines events = follow("")) {
            String batch = batch();

            assertThat(next(events, batch).data().getString("reason")).isEqualTo("created by operator");
        }
    }

    @Test
    void aListenerThatComesBackHearsWhatItMissedOnceAndInOrder() throws IOException {
        String batch;
        String seen;
        try (EventLines events = follow("")) {
            batch = batch();
            seen = next(events, batch).id();
        }
        rename(batch, "missed");
        call("DELETE", batch, "");

        try (EventLines events = follow(seen)) {
            String later = batch();
            List<String> reasons = new ArrayList<>();
            String subject;
            do {
                Received event = next(events, batch, later);
                reasons.add(event.data().getString("reason"));
                subject = event.data().getString("batch");
            } while (subject.equals(batch));

            assertThat(reasons).containsExactly("edited by operator", "deleted by operator", "created by operator");
        }
    }

    @Test
    void aListenerWhoseLastEventIsForgottenIsToldToReadEverythingAnew() throws IOException {
        batch();

        try (EventLines events = follow("3-1")) {
            Received first = events.next().orElseThrow();
            assertThat(first.name()).isEqualTo("resync");
            assertThat(first.id()).isNotEqualTo("3-1");
        }
    }

    @Test
    void whoComesWithoutHavingHeardAnythingIsToldOfTheLastSecondsWhereThatIsWished() throws IOException {
        String batch = batch();

        try (EventLines events = new EventLines(
                Calls.stream(Calls.as(Role.VIEWER, Calls.request("GET", "/api/events?lastSeconds=60", "")))
                        .body())) {
            assertThat(next(events, batch).data().getString("reason")).isEqualTo("created by operator");
        }
        assertThat(Calls.get(Role.VIEWER, "/api/events?lastSeconds=61")
                        .problem(400, "invalid-request")
                        .getString("detail"))
                .isEqualTo("lastSeconds is 61, but must be from 0 to 60");
    }

    @Test
    void progressOfARunIsToldWhileItRuns() throws IOException {
        Path scan = TestServer.home().resolve("data").toRealPath().resolve("progress.h5");
        SampleScan.demonstration().write(scan);
        String batch = Calls.post(
                        "/api/batches", "{\"name\": \"progress\", \"items\": [{\"input\": \"" + scan + "\"}]}")
                .created()
                .getString("id");
        try (EventLines events = follow("")) {
            JsonObject queued = Calls.post(
                            "/api/batches/" + batch + "/runs",
                            "{\"pipeline\": \"tomo-try\", \"parameters\": {\"centerSearchStep\": 0.05}}")
                    .created();
            String run = queued.getJsonArray("items").getJsonObject(0).getString("id");

            Received progress = events.next().orElseThrow();
            while (!progress.name().equals("progress")
                    || !progress.data().getString("run").equals(run)) {
                progress = events.next().orElseThrow();
            }
            assertThat(progress.id()).isEmpty();
            assertThat(progress.data().getInt("done"))
                    .isBetween(0, progress.data().getInt("total"));
            assertThat(progress.data().getInt("total")).isEqualTo(2000);
        } finally {
            Calls.post("/api/batches/" + batch + "/stop", "");
        }
    }

    @Test
    void anIdThatIsNoneIsRefused() {
        Answer answer = Calls.send(
                Calls.as(Role.VIEWER, Calls.request("GET", "/api/events", "")).header("Last-Event-ID", "yesterday"));

        assertThat(answer.problem(400, "invalid-request").getString("detail")).contains("yesterday");
    }

    /** The next event of one of these batches that is stored: how far batches and runs are may be told at any time. */
    private static Received next(EventLines events, String... batches) throws IOException {
        while (true) {
            Received event = events.next().orElseThrow();
            if (!event.id().isEmpty() && List.of(batches).contains(event.data().getString("batch", ""))) {
                return event;
            }
        }
    }

    private static EventLines follow(String after) {
        HttpRequest.Builder request = Calls.as(Role.VIEWER, Calls.request("GET", "/api/events", ""));
        return new EventLines(Calls.stream(after.isEmpty() ? request : request.header("Last-Event-ID", after))
                .body());
    }

    private static void rename(String batch, String name) {
        call("PATCH", batch, "{\"name\": \"" + name + "\"}");
    }

    private static void call(String method, String batch, String body) {
        assertThat(Calls.call(Role.OPERATOR, method, "/api/batches/" + batch, body)
                        .status())
                .isLessThan(300);
    }

    private static String batch() {
        return Calls.post("/api/batches", "{\"name\": \"followed\"}").json().getString("id");
    }
}
