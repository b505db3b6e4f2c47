package io.kiln.worker;

import jakarta.json.Json;
import jakarta.json.JsonStructure;
import jakarta.json.stream.JsonGenerator;
import java.io.StringWriter;
import java.util.Map;

/** JSON as people read it. */
final class JsonText {
    private JsonText() {}

    static String pretty(JsonStructure json) {
        StringWriter text = new StringWriter();
        Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true))
                .createWriter(text)
                .write(json);
        return text.toString().strip();
    }
}
