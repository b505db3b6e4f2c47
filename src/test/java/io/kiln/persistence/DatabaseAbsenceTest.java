package io.kiln.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DatabaseAbsenceTest {
    private static final Logger LOG = Logger.getLogger(DatabaseAbsence.class.getName());

    private final DatabaseAbsence absence = new DatabaseAbsence();
    private final List<LogRecord> logged = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            logged.add(record);
        }

        @Override
        public void flush() {
            logged.size();
        }

        @Override
        public void close() {
            logged.clear();
        }
    };

    @BeforeEach
    void listen() {
        LOG.addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        LOG.removeHandler(handler);
    }

    @Test
    void anOutageIsOneLineWhenItBeginsAndOneWhenItEnds() {
        Exception pooled = new IllegalStateException(
                "no connection", new SQLException("none", new SQLException("refused", "08001")));

        assertThat(absence.explains(pooled)).isTrue();
        assertThat(absence.explains(new DatabaseException(new SQLException("shutting down", "57P01"))))
                .isTrue();
        absence.isOver();
        absence.isOver();

        assertThat(logged)
                .hasSize(2)
                .allSatisfy(record -> assertThat(record.getThrown()).isNull());
        assertThat(logged.get(0).getMessage()).startsWith("the database is away: no connection");
        assertThat(logged.get(1).getMessage()).startsWith("the database is back after ");
    }

    @Test
    void theNextOutageIsToldAgain() {
        absence.explains(new SQLException("refused", "08001"));
        absence.isOver();
        absence.explains(new SQLException("refused", "08001"));

        assertThat(logged).hasSize(3);
    }

    @Test
    void whatTheDatabaseRefusesIsNoAbsence() {
        assertThat(absence.explains(new DatabaseException(new SQLException("duplicate", "23505"))))
                .isFalse();
        assertThat(absence.explains(new IllegalStateException("something else")))
                .isFalse();
        assertThat(logged).isEmpty();
    }
}
