package io.kiln.server;

import io.kiln.event.AuditNotes;
import io.kiln.event.Rounds;
import io.kiln.notification.Notifier;
import io.kiln.run.Engine;
import io.kiln.settings.Durations;
import io.kiln.settings.SettingsReader;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.Config;

/** The order of a start: settings, migrations, data roots, recovery, dispatch; and of an end: drain, then nothing more. */
@WebListener
public class StartUp implements ServletContextListener {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration NOTIFYING = Duration.ofSeconds(2);
    private static final Duration FORGETTING = Duration.ofDays(1);
    private static final Logger LOG = Logger.getLogger(StartUp.class.getName());

    @Inject
    private Config config;

    @Inject
    private Migration migration;

    @Inject
    private ConfiguredRoots roots;

    @Inject
    private Engine engine;

    @Inject
    private RunMetrics metrics;

    @Inject
    private AuditNotes notes;

    @Inject
    private Notifier notifier;

    @Resource
    private ManagedThreadFactory threads;

    private ScheduledExecutorService repeating;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        SettingsReader.unknown(config)
                .forEach(name ->
                        LOG.warning(() -> name + " is set, but Kiln has no such setting; see the operator guide"));
        int migrations = migration.migrate(Path.of(event.getServletContext().getRealPath("/WEB-INF/classes/db")));
        LOG.info(() -> "the database is up to date, " + migrations + " migrations were applied");
        try {
            roots.add();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the folders of Kiln's home", e);
        }
        // why: the container's own executor logs an error for each round that falls due while the server stops
        repeating = Executors.newScheduledThreadPool(3, threads);
        repeat("taking notes into the audit", notes::takeIn, Durations.HEARTBEAT);
        repeat("telling people", notifier::round, NOTIFYING);
        repeat("forgetting what people were told", notifier::forget, FORGETTING);
        engine.start(threads);
        metrics.register();
    }

    private void repeat(String name, Runnable work, Duration pause) {
        repeating.scheduleWithFixedDelay(Rounds.of(name, work), 0, pause.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        metrics.remove();
        if (repeating != null) {
            repeating.shutdown();
        }
        try {
            engine.stop(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "runs could not be given back to the queue; the next start does it", e);
        }
    }
}
