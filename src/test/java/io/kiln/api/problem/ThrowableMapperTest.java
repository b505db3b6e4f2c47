package io.kiln.api.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.persistence.DatabaseAbsence;
import io.kiln.persistence.DatabaseException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThrowableMapperTest {
    @ParameterizedTest
    @ValueSource(strings = {"08001", "08006", "57P01", "57P03"})
    void whoFindsTheDatabaseAwayIsToldToComeBack(String state) {
        Exception pooled = new SQLException("no connection", new SQLException("refused", state));

        Problem problem = ThrowableMapper.problem(new IllegalStateException(pooled), new DatabaseAbsence());

        assertThat(problem.type()).isEqualTo(ProblemType.UNAVAILABLE);
        assertThat(problem.extensions()).doesNotContainKey("incident");
    }

    @Test
    void everythingElseIsAnIncident() {
        Problem problem = ThrowableMapper.problem(
                new DatabaseException(new SQLException("duplicate", "23505")), new DatabaseAbsence());

        assertThat(problem.type()).isEqualTo(ProblemType.INTERNAL);
        assertThat(problem.detail()).contains(problem.extensions().getString("incident"));
    }
}
