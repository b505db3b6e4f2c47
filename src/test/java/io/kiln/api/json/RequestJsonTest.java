package io.kiln.api.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kiln.api.problem.Problem;
import io.kiln.api.problem.ProblemException;
import io.kiln.api.problem.ProblemType;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.validation.constraints.NotNull;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestJsonTest {
    record Part(@NotNull String input, Integer count) {}

    record Whole(
            @NotNull String name,
            UUID id,
            Instant when,
            Long bytes,
            Double weight,
            Boolean force,
            JsonObject parameters,
            JsonValue items,
            List<Part> parts,
            List<UUID> after) {}

    @Test
    void everyKindOfMemberIsRead() {
        Whole whole = read("""
                {"name": "night", "id": "7b0f2b1c-3f5a-4a52-9f3e-0c8a5d1f9a11", "when": "2026-11-20T18:30:00Z", "bytes": 5000000000,
                 "weight": 1.5, "force": true, "parameters": {"nsino": 0.5}, "items": "all", "parts": [{"input": "a.h5", "count": 3}],
                 "after": ["7b0f2b1c-3f5a-4a52-9f3e-0c8a5d1f9a11"]}""");

        assertThat(whole.name()).isEqualTo("night");
        assertThat(whole.id()).isEqualTo(UUID.fromString("7b0f2b1c-3f5a-4a52-9f3e-0c8a5d1f9a11"));
        assertThat(whole.when()).isEqualTo(Instant.parse("2026-11-20T18:30:00Z"));
        assertThat(whole.bytes()).isEqualTo(5_000_000_000L);
        assertThat(whole.weight()).isEqualTo(1.5);
        assertThat(whole.force()).isTrue();
        assertThat(whole.parameters().getJsonNumber("nsino").doubleValue()).isEqualTo(0.5);
        assertThat(whole.items()).hasToString("\"all\"");
        assertThat(whole.parts()).containsExactly(new Part("a.h5", 3));
        assertThat(whole.after()).hasSize(1);
    }

    @Test
    void absentMembersAreNull() {
        assertThat(read("{\"name\": \"night\"}"))
                .isEqualTo(new Whole("night", null, null, null, null, null, null, null, null, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\": \"n\", \"nmae\": 1}|nmae|'nmae' is not known here; known are name, id,",
                "{}|name|'name' is missing",
                "{\"name\": 5}|name|'name' is 5, but must be a text",
                "{\"name\": \"n\", \"bytes\": 1.5}|bytes|'bytes' is 1.5, but must be a whole number",
                "{\"name\": \"n\", \"bytes\": \"1\"}|bytes|'bytes' is \"1\", but must be a whole number",
                "{\"name\": \"n\", \"bytes\": 99999999999999999999}|bytes|'bytes' is 99999999999999999999, but must be a whole number from -9223372036854775808 to 9223372036854775807",
                "{\"name\": \"n\", \"parts\": [{\"input\": \"a\", \"count\": 3000000000}]}|parts[0].count|'parts[0].count' is 3000000000, but must be a whole number from -2147483648 to 2147483647",
                "{\"name\": \"n\", \"weight\": []}|weight|'weight' is [], but must be a number",
                "{\"name\": \"n\", \"force\": \"yes\"}|force|'force' is \"yes\", but must be true or false",
                "{\"name\": \"n\", \"id\": \"7b\"}|id|'id' is \"7b\", but must be a UUID",
                "{\"name\": \"n\", \"when\": \"today\"}|when|'when' is \"today\", but must be a time such as",
                "{\"name\": \"n\", \"parameters\": 3}|parameters|'parameters' is 3, but must be an object",
                "{\"name\": \"n\", \"parts\": {}}|parts|'parts' is {}, but must be a list",
                "{\"name\": \"n\", \"parts\": [{\"input\": \"a\"}, {\"inptu\": \"b\", \"input\": \"b\"}]}|parts[1].inptu|'parts[1].inptu' is not known here",
                "{\"name\": \"n\", \"parts\": [7]}|parts[0]|'parts[0]' is 7, but must be an object",
            })
    void whatDoesNotFitIsNamedWithItsValue(String body, String member, String message) {
        Problem problem = problem(body);

        assertThat(problem.type()).isEqualTo(ProblemType.INVALID_REQUEST);
        JsonObject first = problem.toJson().getJsonArray("problems").getJsonObject(0);
        assertThat(first.getString("parameter")).isEqualTo(member);
        assertThat(first.getString("message")).startsWith(message);
    }

    @Test
    void everyProblemOfABodyIsListed() {
        assertThat(problem("{\"name\": 5, \"bytes\": \"x\", \"other\": 1}")
                        .toJson()
                        .getJsonArray("problems"))
                .hasSize(3);
    }

    @Test
    void whatIsNoJsonIsNamedWithLineAndColumn() {
        JsonObject problem = problem("{\n  \"name\": night\n}").toJson();

        assertThat(problem.getString("type")).isEqualTo("/problems/malformed-json");
        assertThat(problem.getInt("line")).isEqualTo(2);
        assertThat(problem.getInt("column")).isBetween(10, 12);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"''", "{\"name\": \"n\"} x", "{\"name\": \"n\""})
    void whatIsNotOneWholeObjectIsMalformed(String body) {
        assertThat(problem(body).type()).isEqualTo(ProblemType.MALFORMED_JSON);
    }

    @Test
    void aListIsNoRequest() {
        assertThat(problem("[1]").detail()).isEqualTo("the body is [1], but must be an object");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\": \"a\\u0000b\"}",
                "{\"a\\u0000b\": 1}",
                "{\"name\": \"n\", \"parameters\": {\"list\": [\"a\\u0000b\"]}}"
            })
    void aTextThatTheDatabaseCannotKeepIsRefused(String body) {
        assertThat(problem(body).detail()).contains("a\u2400b").contains("U+0000");
    }

    @Test
    void halfACharacterIsRefused() {
        assertThat(problem("{\"name\": \"a\\ud800b\"}").detail())
                .contains("a\uFFFDb")
                .contains("U+D800");
        assertThat(read("{\"name\": \"\\ud83e\\uddb7\"}").name()).isEqualTo("\uD83E\uDDB7");
    }

    @Test
    void bracketsWithinMoreBracketsThanTheParserAllowsAreTheRequestsFault() {
        Problem problem = problem("{\"parameters\": " + "[".repeat(100_000));

        assertThat(problem.type()).isEqualTo(ProblemType.INVALID_REQUEST);
        assertThat(problem.detail()).contains("nest less");
    }

    private static Problem problem(String body) {
        return catchThrowableOfType(ProblemException.class, () -> read(body)).problem();
    }

    private static Whole read(String body) {
        return RequestJson.bind(
                RequestJson.object(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))), Whole.class);
    }
}
