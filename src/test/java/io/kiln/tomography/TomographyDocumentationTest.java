package io.kiln.tomography;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiln.pipeline.ParameterRecord;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The user guide's table of parameters is the record's own. {@code -Dkiln.docs.write} brings it up to date. */
class TomographyDocumentationTest {
    private static final Path GUIDE = Path.of("docs", "tomography.md");
    private static final String HEAD =
            "| parameter | type | unit | default | allowed | what it does |\n|---|---|---|---|---|---|\n";

    @Test
    void theGuideListsEveryParameterAsTheRecordDeclaresIt() throws IOException {
        String guide = Files.readString(GUIDE);
        String table = table();
        if (System.getProperty("kiln.docs.write") != null) {
            int start = guide.indexOf("| parameter |");
            Files.writeString(GUIDE, (start < 0 ? guide : guide.substring(0, start)) + table);
        } else {
            assertThat(guide)
                    .as("docs/tomography.md; run this test with -Dkiln.docs.write")
                    .endsWith(table);
        }
    }

    private static String table() {
        return HEAD
                + ParameterRecord.of(TomographyParameters.class)
                        .schema()
                        .getJsonObject("properties")
                        .entrySet()
                        .stream()
                        .map(TomographyDocumentationTest::row)
                        .collect(Collectors.joining());
    }

    private static String row(Map.Entry<String, JsonValue> parameter) {
        JsonObject schema = parameter.getValue().asJsonObject();
        JsonObject bounds = schema.containsKey("items") ? schema.getJsonObject("items") : schema;
        return "| `" + parameter.getKey() + "` | " + type(schema) + " | " + schema.getString("unit", "") + " | `"
                + schema.get("default") + "` | " + allowed(bounds) + " | " + schema.getString("description") + " |\n";
    }

    private static String type(JsonObject schema) {
        JsonValue type = schema.get("type");
        String name = type instanceof JsonArray either ? either.getString(0) : schema.getString("type");
        return schema.containsKey("items")
                ? "list of " + schema.getJsonObject("items").getString("type")
                : name;
    }

    private static String allowed(JsonObject schema) {
        if (schema.containsKey("enum")) {
            return schema.getJsonArray("enum").stream()
                    .filter(choice -> choice.getValueType() == JsonValue.ValueType.STRING)
                    .map(choice -> choice.toString().replace("\"", ""))
                    .collect(Collectors.joining(", "));
        }
        String minimum = schema.containsKey("minimum") ? "≥ " + schema.get("minimum") : "";
        String maximum = schema.containsKey("maximum") ? "≤ " + schema.get("maximum") : "";
        return minimum + (minimum.isEmpty() || maximum.isEmpty() ? "" : ", ") + maximum;
    }
}
