package io.kiln.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.persistence.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class EventFeedTest {
    private final TestDatabase database = TestDatabase.empty();
    private final EventFeed feed = new EventFeed(database.sql());

    @Test
    void aReaderMissesNoEventOfATransactionThatCommitsLate() throws InterruptedException, ExecutionException {
        EventCursor start = feed.newest();
        CountDownLatch added = new CountDownLatch(1);
        CountDownLatch commit = new CountDownLatch(1);
        ExecutorService late = Executors.newSingleThreadExecutor();
        Future<Boolean> slow = late.submit(() -> database.inTransaction(() -> {
            feed.add("node", null, null, "first added, last committed");
            added.countDown();
            commit.await();
            return true;
        }));
        added.await();
        feed.add("node", null, null, "committed at once");
        List<Event> before = feed.since(start, 10);
        commit.countDown();
        assertThat(slow.get()).isTrue();
        late.shutdown();

        assertThat(before).as("nothing overtakes an open transaction").isEmpty();
        assertThat(feed.since(start, 10))
                .extracting(Event::reason)
                .containsExactly("first added, last committed", "committed at once");
    }

    @Test
    void whatHappenedInTheLastSecondsFollowsTheNewestEventBefore() {
        feed.add("node", null, null, "a minute ago");
        feed.add("node", null, null, "half a minute ago");
        database.sql().update("alter table event disable trigger event_is_append_only");
        database.sql().update("update event set at = at - interval '60 seconds' where reason = 'a minute ago'");
        database.sql().update("update event set at = at - interval '30 seconds' where reason = 'half a minute ago'");
        feed.add("node", null, null, "now");

        assertThat(feed.since(feed.before(Duration.ofSeconds(10), 100), 10))
                .extracting(Event::reason)
                .containsExactly("now");
        assertThat(feed.since(feed.before(Duration.ofSeconds(45), 100), 10))
                .extracting(Event::reason)
                .containsExactly("half a minute ago", "now");
        assertThat(feed.before(Duration.ofSeconds(90), 100)).isEqualTo(EventCursor.START);
        assertThat(feed.before(Duration.ofSeconds(45), 2)).as("no farther back").isEqualTo(EventCursor.START);
    }

    @Test
    void readersThatComeBackGetEachEventOnce() {
        EventCursor cursor = feed.newest();
        for (int i = 0; i < 7; i++) {
            feed.add("node", null, null, "event " + i);
        }
        List<String> seen = new ArrayList<>();
        for (List<Event> page = feed.since(cursor, 2); !page.isEmpty(); page = feed.since(cursor, 2)) {
            page.forEach(event -> seen.add(event.reason()));
            cursor = EventCursor.parse(page.get(page.size() - 1).cursor().toString());
        }

        assertThat(seen).containsExactly("event 0", "event 1", "event 2", "event 3", "event 4", "event 5", "event 6");
    }
}
