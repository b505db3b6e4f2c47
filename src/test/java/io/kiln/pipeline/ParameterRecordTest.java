package io.kiln.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParameterRecordTest {
    enum Filter {
        PARZEN,
        SHEPP_LOGAN
    }

    record Sample(
            @Parameter(description = "Axis of rotation.", standard = "null", unit = "px", minimum = 0, maximum = 65536)
            Double rotationAxis,

            @Parameter(
                    title = "Binning",
                    group = "Preparation",
                    description = "Times halved.",
                    standard = "0",
                    minimum = 0,
                    maximum = 3)
            int binning,

            @Parameter(description = "Window of the ramp.", standard = "\"parzen\"")
            Filter fbpFilter,

            @Parameter(description = "Rows to try.", standard = "[0.5]", minimum = 0)
            List<Double> nsino,

            @Parameter(description = "Where the flats are.", standard = "null", file = true)
            String flatFile,

            @Parameter(description = "Shown in logs.", standard = "true", significant = false)
            boolean verbose) {
        Sample {
            if (binning == 3 && fbpFilter == Filter.SHEPP_LOGAN) {
                throw new IllegalArgumentException("binning 3 and fbpFilter shepp-logan do not go together");
            }
        }
    }

    private final ParameterRecord<Sample> sample = ParameterRecord.of(Sample.class);

    @Test
    void missingParametersTakeTheirStandardValues() {
        Sample standard = sample.read(sample.resolve(JsonValue.EMPTY_JSON_OBJECT));
        assertThat(standard).isEqualTo(new Sample(null, 0, Filter.PARZEN, List.of(0.5), null, true));
    }

    @Test
    void givenParametersAreRead() {
        JsonObject given = json("""
                {"rotationAxis": 295.5, "binning": 2, "fbpFilter": "shepp-logan", "nsino": [0.1, 17], "verbose": false}""");
        assertThat(sample.read(sample.resolve(given)))
                .isEqualTo(new Sample(295.5, 2, Filter.SHEPP_LOGAN, List.of(0.1, 17.0), null, false));
    }

    @Test
    void everyProblemIsNamedWithItsValueAndWhatIsAllowed() {
        JsonObject given = json("""
                {"rotationAxes": 1, "rotationAxis": -1, "binning": 2.5, "fbpFilter": "hat", "nsino": ["x"], "verbose": null}""");
        assertThat(sample.problems(given))
                .extracting(ParameterProblem::message)
                .containsExactly(
                        "unknown parameter 'rotationAxes'; known are rotationAxis, binning, fbpFilter, nsino, flatFile, verbose",
                        "rotationAxis is -1, but must be from 0 to 65536 px",
                        "binning is 2.5, but must be a whole number from 0 to 3",
                        "fbpFilter is \"hat\", but must be one of parzen, shepp-logan",
                        "nsino is \"x\", but must be a number",
                        "verbose is null, but must be true or false");
    }

    @Test
    void wholeNumbersMayBeWrittenWithAPointButNotOverflow() {
        assertThat(sample.problems(json("{\"binning\": 2.0}"))).isEmpty();
        assertThat(sample.problems(json("{\"binning\": 4294967297}")))
                .extracting(ParameterProblem::message)
                .containsExactly("binning is 4294967297, but must be a whole number from 0 to 3");
    }

    @Test
    void numbersTooLargeForADoubleAreRefused() {
        assertThat(sample.problems(json("{\"nsino\": [1e999]}"))).hasSize(1);
    }

    @Test
    void contradictionsBetweenParametersAreRefused() {
        JsonObject given = json("{\"binning\": 3, \"fbpFilter\": \"shepp-logan\"}");
        assertThatThrownBy(() -> sample.resolve(given))
                .isInstanceOf(InvalidParametersException.class)
                .hasMessage("binning 3 and fbpFilter shepp-logan do not go together");
    }

    @Test
    void onlySignificantParametersCountForTheResult() {
        JsonObject resolved = sample.resolve(JsonValue.EMPTY_JSON_OBJECT);
        assertThat(sample.significant(resolved))
                .containsOnlyKeys("rotationAxis", "binning", "fbpFilter", "nsino", "flatFile");
    }

    @Test
    void filesAreFound() {
        assertThat(sample.files(json("{\"flatFile\": \"flats.h5\"}")))
                .containsExactly(Map.entry("flatFile", "flats.h5"));
        assertThat(sample.files(JsonValue.EMPTY_JSON_OBJECT)).isEmpty();
    }

    @Test
    void theSchemaStatesTypesUnitsDefaultsAndBounds() {
        JsonObject properties = sample.schema().getJsonObject("properties");
        assertThat(properties.getJsonObject("rotationAxis")).isEqualTo(json("""
                                {"description": "Axis of rotation.", "type": ["number", "null"], "minimum": 0.0, "maximum": 65536.0,
                                 "unit": "px", "default": null}"""));
        assertThat(properties.getJsonObject("fbpFilter").getJsonArray("enum").toString())
                .isEqualTo("[\"parzen\",\"shepp-logan\"]");
        assertThat(properties.getJsonObject("nsino").getJsonObject("items").getString("type"))
                .isEqualTo("number");
    }

    @Test
    void theSchemaTellsFormsWhatBelongsTogetherAndWhatHasNoEffect() {
        JsonObject properties = sample.withoutEffectOf("nsino").schema().getJsonObject("properties");
        assertThat(properties.getJsonObject("binning").getString("title")).isEqualTo("Binning");
        assertThat(properties.getJsonObject("binning").getString("x-group")).isEqualTo("Preparation");
        assertThat(properties.getJsonObject("flatFile").getBoolean("x-file")).isTrue();
        assertThat(properties.getJsonObject("nsino").getBoolean("x-effect")).isFalse();
        assertThat(properties.getJsonObject("binning")).doesNotContainKey("x-effect");
        assertThat(properties.keySet()).containsExactlyElementsOf(sample.names());
    }

    private static JsonObject json(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }
}
