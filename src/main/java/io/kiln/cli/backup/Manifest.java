package io.kiln.cli.backup;

import io.kiln.cli.CommandFailure;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a backup holds. It is the file's last entry: a backup without one was never finished.
 *
 * @param kiln version of the Kiln that made it
 * @param schema version of the database's schema
 * @param createdAt when it was made
 * @param tables the tables
 * @param sequences last value of each sequence that was ever used
 */
record Manifest(String kiln, String schema, Instant createdAt, List<TableCopy> tables, Map<String, Long> sequences) {
    static final String ENTRY = "manifest.json";
    private static final int FORMAT = 1;

    void write(OutputStream out) {
        JsonArrayBuilder tableList = Json.createArrayBuilder();
        for (TableCopy table : tables) {
            tableList.add(Json.createObjectBuilder()
                    .add("name", table.name())
                    .add("columns", Json.createArrayBuilder(table.columns()))
                    .add("rows", table.rows()));
        }
        JsonObjectBuilder sequenceValues = Json.createObjectBuilder();
        sequences.forEach(sequenceValues::add);
        Json.createWriter(out)
                .writeObject(Json.createObjectBuilder()
                        .add("format", FORMAT)
                        .add("kiln", kiln)
                        .add("schema", schema)
                        .add("createdAt", createdAt.toString())
                        .add("tables", tableList)
                        .add("sequences", sequenceValues)
                        .build());
    }

    /**
     * Reads a manifest.
     *
     * @throws CommandFailure when it is not one, or of a format that this Kiln does not know
     */
    static Manifest read(InputStream in) throws IOException {
        try {
            JsonObject object = Json.createReader(in).readObject();
            int format = object.getInt("format");
            if (format != FORMAT) {
                throw new CommandFailure(
                        "The backup has format " + format + ", this Kiln reads format " + FORMAT + ".");
            }
            Map<String, Long> sequences = new TreeMap<>();
            JsonObject values = object.getJsonObject("sequences");
            values.keySet()
                    .forEach(name ->
                            sequences.put(name, values.getJsonNumber(name).longValueExact()));
            List<TableCopy> tables = object.getJsonArray("tables").getValuesAs(JsonObject.class).stream()
                    .map(Manifest::table)
                    .toList();
            return new Manifest(
                    object.getString("kiln"),
                    object.getString("schema"),
                    Instant.parse(object.getString("createdAt")),
                    tables,
                    sequences);
        } catch (JsonException | NullPointerException | ClassCastException e) {
            throw new CommandFailure("The backup's manifest cannot be read: " + e.getMessage(), e);
        }
    }

    private static TableCopy table(JsonObject object) {
        List<String> columns = object.getJsonArray("columns").getValuesAs(JsonString::getString);
        return new TableCopy(
                object.getString("name"), columns, object.getJsonNumber("rows").longValueExact());
    }
}
