package io.kiln.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiln.pipeline.InputRejectedException;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static final BatchSettings BATCH =
            BatchSettings.of(json("{'name': 'teeth', 'pipeline': 'tomo-full', 'output': '/data/out'}"));
    private static final ItemSettings ITEM = ItemSettings.of(
            json("{'input': '/data/a.h5', 'name': 'a', 'comment': 'dry', 'parameters': {'binning': 1}}"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'name': 5}",
                "{'pipeline': []}",
                "{'parameters': 'none'}",
                "{'target': 1}",
                "{'output': true}",
                "{'maxDevices': 'two'}",
                "{'maxDevices': 1.5}",
                "{'maxDevices': 0}",
                "{'shared': 'yes'}",
                "{'shared': null}",
                "{'items': []}"
            })
    void aBatchKeepsNothingOfTheWrongType(String patch) {
        assertThatThrownBy(() -> BATCH.patched(json(patch))).isInstanceOf(InputRejectedException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'input': 5}",
                "{'name': 5}",
                "{'comment': 5}",
                "{'parameters': []}",
                "{'after': 'a'}",
                "{'after': [1]}",
                "{'after': ['a']}",
                "{'outputs': true}"
            })
    void anItemKeepsNothingOfTheWrongType(String patch) {
        assertThatThrownBy(() -> ITEM.patched(json(patch))).isInstanceOf(InputRejectedException.class);
    }

    @Test
    void nullTakesAMemberBackToItsStandard() {
        assertThat(BATCH.patched(json("{'pipeline': null, 'output': null}"))).isEqualTo(BatchSettings.named("teeth"));
        assertThat(ITEM.patched(json("{'name': null, 'comment': null, 'parameters': null}")))
                .isEqualTo(ItemSettings.of("/data/a.h5"));
    }

    @Test
    void aPatchChangesWhatItNamesAndNothingElse() {
        ItemSettings patched = ITEM.patched(json("{'comment': 'wet', 'parameters': {'nsino': [0.2]}}"));

        assertThat(patched.comment()).isEqualTo("wet");
        assertThat(patched.parameters()).isEqualTo(json("{'binning': 1, 'nsino': [0.2]}"));
        assertThat(patched.name()).isEqualTo(ITEM.name());
        assertThat(patched.input()).isEqualTo(ITEM.input());
    }

    @Test
    void theMostDevicesOfABatchAreKeptUntilTheyAreTakenBack() {
        BatchSettings capped = BATCH.patched(json("{'maxDevices': 2}"));

        assertThat(capped.maxDevices()).contains(2);
        assertThat(capped.patched(json("{'name': 'molars'}")).maxDevices()).contains(2);
        assertThat(capped.patched(json("{'maxDevices': null}"))).isEqualTo(BATCH);
    }

    @Test
    void aBatchIsSharedUnlessItSaysOtherwise() {
        BatchSettings own = BATCH.patched(json("{'shared': false}"));

        assertThat(BATCH.shared()).isTrue();
        assertThat(own.shared()).isFalse();
        assertThat(own.patched(json("{'name': 'molars'}")).shared()).isFalse();
    }

    private static JsonObject json(String text) {
        try (var reader = Json.createReader(new StringReader(text.replace('\'', '"')))) {
            return reader.readObject();
        }
    }
}
