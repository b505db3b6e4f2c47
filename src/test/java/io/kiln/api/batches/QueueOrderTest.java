package io.kiln.api.batches;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiln.api.problem.ProblemException;
import jakarta.json.Json;
import jakarta.json.JsonValue;
import org.junit.jupiter.api.Test;

class QueueOrderTest {
    @Test
    void aNumberThatIsTooLargeIsRefusedWithItsBounds() {
        JsonValue large = Json.createValue(99_999_999_999L);

        assertThatThrownBy(() -> order(null, large).request())
                .isInstanceOf(ProblemException.class)
                .hasMessage("'priority' is 99999999999, but must be a whole number from -2147483648 to 2147483647,"
                        + " or \"urgent\"");
        assertThatThrownBy(() -> order(large, null).request())
                .isInstanceOf(ProblemException.class)
                .hasMessage("'devices' is 99999999999, but must be a whole number from 1 to 2147483647, or \"all\"");
    }

    private static QueueOrder order(JsonValue devices, JsonValue priority) {
        return new QueueOrder(null, null, null, null, null, devices, null, priority, null, null);
    }
}
