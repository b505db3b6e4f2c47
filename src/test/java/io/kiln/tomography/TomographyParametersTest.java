package io.kiln.tomography;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.pipeline.ParameterRecord;
import io.kiln.tomography.reconstruction.FbpFilter;
import io.kiln.tomography.reconstruction.ReconstructionAlgorithm;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import org.junit.jupiter.api.Test;

class TomographyParametersTest {
    private static JsonObject with(String name, JsonValue value) {
        JsonObject standard = new TomoFullPipeline().parameters().resolve(JsonValue.EMPTY_JSON_OBJECT);
        return Json.createObjectBuilder(standard).add(name, value).build();
    }

    @Test
    void theDefaultsAreTomocupysSaveTheTraps() {
        ParameterRecord<TomographyParameters> record = ParameterRecord.of(TomographyParameters.class);
        TomographyParameters standard = record.read(record.resolve(JsonValue.EMPTY_JSON_OBJECT));
        assertThat(standard.centerSearchWidth()).isEqualTo(50);
        assertThat(standard.centerSearchStep()).isEqualTo(0.5);
        assertThat(standard.nsino()).containsExactly(0.5);
        assertThat(standard.fbpFilter()).isEqualTo(FbpFilter.PARZEN);
        assertThat(standard.reconstructionAlgorithm()).isEqualTo(ReconstructionAlgorithm.FOURIERREC);
        assertThat(standard.dezingerThreshold()).isEqualTo(5000);
        assertThat(standard.minusLog()).isTrue();
        assertThat(standard.findsCenter())
                .as("tomocupy takes the detector's middle")
                .isTrue();
        assertThat(standard.missingTheta())
                .as("tomocupy spaces angles silently")
                .isEqualTo(MissingAngles.ERROR);
    }

    @Test
    void whatOnlyATryUsesDoesNotMakeAFullResultStale() {
        ParameterRecord<TomographyParameters> full = new TomoFullPipeline().parameters();
        ParameterRecord<TomographyParameters> tried = new TomoTryPipeline().parameters();
        JsonObject standard = full.resolve(JsonValue.EMPTY_JSON_OBJECT);
        for (String name : new String[] {"centerSearchWidth", "centerSearchStep"}) {
            JsonObject changed = with(name, Json.createValue(7));
            assertThat(full.significant(changed)).isEqualTo(full.significant(standard));
            assertThat(tried.significant(changed)).isNotEqualTo(tried.significant(standard));
        }
        JsonObject binned = with("binning", Json.createValue(1));
        assertThat(full.significant(binned)).isNotEqualTo(full.significant(standard));
        JsonObject preview = with("previewSlice", Json.createValue(1));
        assertThat(full.significant(preview)).isEqualTo(full.significant(standard));
        assertThat(full.schema().getJsonObject("properties").keySet())
                .isEqualTo(tried.schema().getJsonObject("properties").keySet());
    }
}
