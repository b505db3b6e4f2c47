package io.kiln.notification;

import io.kiln.persistence.DatabaseAbsence;
import io.kiln.pipeline.InputRejectedException;
import io.kiln.security.user.Accounts;
import io.kiln.settings.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;

/** One round of telling people: what has happened is looked through, and what is due is sent. */
@ApplicationScoped
public class Notifier {
    private static final Logger LOG = Logger.getLogger(Notifier.class.getName());

    private final Occurrences occurrences;
    private final Outbox outbox;
    private final Mails mails;
    private final Webhooks webhooks;
    private final Accounts accounts;
    private final DatabaseAbsence absence;
    private final int days;

    /** For the container's proxy only. */
    protected Notifier() {
        this.occurrences = null;
        this.outbox = null;
        this.mails = null;
        this.webhooks = null;
        this.accounts = null;
        this.absence = null;
        this.days = 0;
    }

    @Inject
    public Notifier(
            Occurrences occurrences,
            Outbox outbox,
            Mails mails,
            Webhooks webhooks,
            Accounts accounts,
            DatabaseAbsence absence,
            Settings settings) {
        this.occurrences = occurrences;
        this.outbox = outbox;
        this.mails = mails;
        this.webhooks = webhooks;
        this.accounts = accounts;
        this.absence = absence;
        this.days = settings.history().events();
    }

    /** Never throws: what cannot be done now is done in a later round. */
    public void round() {
        try {
            boolean more = true;
            while (more) {
                more = passing(occurrences::look);
            }
            for (Optional<Message> due = outbox.take(); due.isPresent(); due = outbox.take()) {
                send(due.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            if (!absence.explains(e)) {
                LOG.log(Level.WARNING, "notifications wait; that is tried again", e);
            }
        }
    }

    /** Looks, and looks again without what cannot be told: it keeps nobody from being told of the rest. */
    static boolean passing(Predicate<Set<Occurrence>> look) {
        Set<Occurrence> untellable = new HashSet<>();
        while (true) {
            try {
                return look.test(untellable);
            } catch (UntellableException e) {
                LOG.log(Level.WARNING, e.getMessage(), e);
                untellable.add(e.occurrence());
            }
        }
    }

    /** Forgets what was told long ago. */
    public void forget() {
        try {
            outbox.forget(days);
        } catch (RuntimeException e) {
            if (!absence.explains(e)) {
                LOG.log(Level.WARNING, "old notifications stay; that is tried again tomorrow", e);
            }
        }
    }

    private void send(Message message) throws InterruptedException {
        if (accounts.find(message.owner()).isEmpty()) {
            outbox.dropped(message, "there is no user " + message.owner() + " any more");
            return;
        }
        try {
            outbox.sent(message, message.channel() == Channel.MAIL ? mails.send(message) : webhooks.send(message));
        } catch (IOException | InputRejectedException e) {
            LOG.log(Level.FINE, e, () -> "notification " + message.id() + " was not sent");
            String why = e.getMessage() == null ? e.toString() : e.getMessage();
            outbox.failed(message, "try " + message.attempt() + ": " + why);
        }
    }
}
