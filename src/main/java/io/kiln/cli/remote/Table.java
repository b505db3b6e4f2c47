package io.kiln.cli.remote;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Rows of text in columns as wide as their widest cell. */
record Table(List<List<String>> rows) {
    /** The objects' members; {@code progress} is shown as done of total. */
    static Table of(JsonArray objects, String... members) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(Arrays.asList(members));
        for (JsonObject object : objects.getValuesAs(JsonObject.class)) {
            rows.add(Arrays.stream(members)
                    .map(member -> text(object.getOrDefault(member, JsonValue.NULL)))
                    .toList());
        }
        return new Table(rows);
    }

    void print(PrintWriter out) {
        int columns = rows.get(0).size();
        int[] widths = IntStream.range(0, columns)
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < columns; column++) {
                String cell = row.get(column);
                line.append(cell).append(" ".repeat(widths[column] - cell.length() + 2));
            }
            out.println(line.toString().stripTrailing());
        }
    }

    /** A value as people read it. */
    static String text(JsonValue value) {
        if (value == JsonValue.NULL) {
            return "-";
        }
        if (value instanceof JsonString text) {
            return text.getString();
        }
        if (value instanceof JsonObject object && object.containsKey("done") && object.containsKey("total")) {
            return object.getInt("done") + " of " + object.getInt("total");
        }
        if (value instanceof JsonObject object && object.containsKey("sentence")) {
            return object.getString("sentence");
        }
        return value.toString();
    }
}
