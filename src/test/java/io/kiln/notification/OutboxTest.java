package io.kiln.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Who sends what, where several nodes send. */
class OutboxTest {
    private static final int MESSAGES = 100;

    private final Subscribed subscribed = new Subscribed();
    private final Outbox outbox = new Outbox(subscribed.sql);

    @Test
    void twoNodesThatSendAtOnceSendEachMessageOnce() throws Exception {
        subscribed.due(MESSAGES);
        CyclicBarrier together = new CyclicBarrier(2);
        ExecutorService nodes = Executors.newFixedThreadPool(2);
        try {
            Callable<List<Long>> node = () -> {
                together.await();
                return sendAll(new Outbox(subscribed.sql));
            };
            List<Long> sent = new ArrayList<>();
            for (Future<List<Long>> one : nodes.invokeAll(List.of(node, node))) {
                sent.addAll(one.get());
            }
            assertThat(sent).hasSize(MESSAGES).doesNotHaveDuplicates();
        } finally {
            nodes.shutdownNow();
        }
        assertThat(states()).hasSize(MESSAGES).containsOnly("SENT");
    }

    @Test
    void anotherNodeGoesPastAMessageThatIsJustBeingTaken() {
        subscribed.due(2);
        Message second = subscribed.database.inTransaction(() -> {
            Message first = outbox.take().orElseThrow();
            Message other = elsewhere();
            assertThat(other.id()).isNotEqualTo(first.id());
            return other;
        });
        assertThat(second.attempt()).isEqualTo(1);
    }

    @Test
    void whatItsSenderDiedWithIsSentAgainByOthersWhenItsTimeIsOverAndNotBefore() {
        subscribed.due(1);
        Message dying = outbox.take().orElseThrow();
        assertThat(outbox.take()).as("it may still be on its way").isEmpty();

        subscribed.sql.update("update notification set due_at = due_at - interval '2 minutes'");

        Message again = outbox.take().orElseThrow();
        assertThat(again.id()).isEqualTo(dying.id());
        assertThat(again.attempt()).isEqualTo(2);
        outbox.sent(again, "taken");
        outbox.failed(dying, "the one thought dead says that it failed");
        assertThat(states()).containsExactly("SENT");
    }

    /** What a node takes that is not in the transaction of this thread. */
    private Message elsewhere() throws Exception {
        ExecutorService node = Executors.newSingleThreadExecutor();
        try {
            return node.submit(() -> outbox.take().orElseThrow()).get();
        } finally {
            node.shutdownNow();
        }
    }

    private static List<Long> sendAll(Outbox outbox) {
        List<Long> sent = new ArrayList<>();
        for (Optional<Message> due = outbox.take(); due.isPresent(); due = outbox.take()) {
            outbox.sent(due.get(), "taken");
            sent.add(due.get().id());
        }
        return sent;
    }

    private List<String> states() {
        return subscribed.sql.list(row -> row.getString(1), "select state from notification order by id");
    }
}
