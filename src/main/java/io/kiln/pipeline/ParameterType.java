package io.kiln.pipeline;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The type of one parameter, as JSON and as Java. A constant of an enum is written in lower case with dashes: {@code VO_ALL} is {@code "vo-all"}.
 *
 * @param type the component's Java type, boxed
 * @param element the element type of a list, else null
 * @param standard the value when none is given
 */
record ParameterType(
        String name, Class<?> type, Class<?> element, boolean optional, Parameter description, JsonValue standard) {
    static ParameterType of(RecordComponent component) {
        Parameter description = component.getAnnotation(Parameter.class);
        if (description == null) {
            throw new IllegalArgumentException(
                    component.getDeclaringRecord().getName() + "." + component.getName() + " lacks @Parameter");
        }
        Class<?> element = component.getGenericType() instanceof ParameterizedType list
                ? (Class<?>) list.getActualTypeArguments()[0]
                : null;
        JsonValue standard;
        try (var reader = Json.createReader(new StringReader(description.standard()))) {
            standard = reader.readValue();
        }
        boolean optional = standard.getValueType() == JsonValue.ValueType.NULL;
        return new ParameterType(component.getName(), component.getType(), element, optional, description, standard);
    }

    /** What is wrong with the value, or empty. */
    Optional<String> problem(JsonValue value) {
        if (value.getValueType() == JsonValue.ValueType.NULL && optional) {
            return Optional.empty();
        }
        if (type == List.class) {
            if (value.getValueType() != JsonValue.ValueType.ARRAY) {
                return Optional.of(wrong(value, "a list of " + word(element)));
            }
            return value.asJsonArray().stream()
                    .map(one -> problem(one, element))
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        return problem(value, type);
    }

    private Optional<String> problem(JsonValue value, Type kind) {
        if (kind == boolean.class || kind == Boolean.class) {
            boolean fits = value.getValueType() == JsonValue.ValueType.TRUE
                    || value.getValueType() == JsonValue.ValueType.FALSE;
            return fits ? Optional.empty() : Optional.of(wrong(value, "true or false"));
        }
        if (kind == String.class) {
            return value instanceof JsonString ? Optional.empty() : Optional.of(wrong(value, "a text"));
        }
        if (kind instanceof Class<?> enumeration && enumeration.isEnum()) {
            boolean fits =
                    value instanceof JsonString text && choices(enumeration).contains(text.getString());
            return fits
                    ? Optional.empty()
                    : Optional.of(wrong(value, "one of " + String.join(", ", choices(enumeration))));
        }
        if (!(value instanceof JsonNumber number)) {
            return Optional.of(wrong(value, word(kind)));
        }
        if (isWhole(kind) && !isInRange(number, kind)) {
            return Optional.of(wrong(value, "a whole number " + wholeBounds(kind)));
        }
        double amount = number.doubleValue();
        if (amount < description.minimum() || amount > description.maximum() || !Double.isFinite(amount)) {
            return Optional.of(wrong(value, bounds()));
        }
        return Optional.empty();
    }

    private static boolean isWhole(Type kind) {
        return kind == int.class || kind == Integer.class || kind == long.class || kind == Long.class;
    }

    private static boolean isInRange(JsonNumber number, Type kind) {
        try {
            if (kind == int.class || kind == Integer.class) {
                number.bigDecimalValue().intValueExact();
            } else {
                number.bigDecimalValue().longValueExact();
            }
            return true;
        } catch (ArithmeticException notExact) {
            return false;
        }
    }

    private String wrong(JsonValue value, String expected) {
        return name + " is " + value + ", but must be " + expected;
    }

    /** Where the parameter itself has no bound, its type has. */
    private String wholeBounds(Type kind) {
        boolean isInt = kind == int.class || kind == Integer.class;
        long least = (long) Math.max(description.minimum(), isInt ? Integer.MIN_VALUE : Long.MIN_VALUE);
        long most = (long) Math.min(description.maximum(), isInt ? Integer.MAX_VALUE : Long.MAX_VALUE);
        return "from " + least + " to " + most + unit();
    }

    private String unit() {
        return description.unit().isEmpty() ? "" : " " + description.unit();
    }

    private String bounds() {
        String unit = unit();
        if (description.maximum() == Double.POSITIVE_INFINITY) {
            return "at least " + plain(description.minimum()) + unit;
        }
        if (description.minimum() == Double.NEGATIVE_INFINITY) {
            return "at most " + plain(description.maximum()) + unit;
        }
        return "from " + plain(description.minimum()) + " to " + plain(description.maximum()) + unit;
    }

    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private static String word(Type kind) {
        return isWhole(kind) ? "a whole number" : "a number";
    }

    Object read(JsonValue value) {
        if (value.getValueType() == JsonValue.ValueType.NULL) {
            return null;
        }
        return type == List.class
                ? value.asJsonArray().stream().map(one -> read(one, element)).toList()
                : read(value, type);
    }

    private static Object read(JsonValue value, Class<?> kind) {
        if (kind == boolean.class || kind == Boolean.class) {
            return value.getValueType() == JsonValue.ValueType.TRUE;
        }
        if (kind == String.class) {
            return ((JsonString) value).getString();
        }
        if (kind.isEnum()) {
            String text = ((JsonString) value).getString();
            return Arrays.stream(kind.getEnumConstants())
                    .filter(constant -> written(constant).equals(text))
                    .findFirst()
                    .orElseThrow();
        }
        JsonNumber number = (JsonNumber) value;
        if (kind == int.class || kind == Integer.class) {
            return number.intValueExact();
        }
        return kind == long.class || kind == Long.class
                ? (Object) number.longValueExact()
                : (Object) number.doubleValue();
    }

    JsonObject schema() {
        JsonObjectBuilder schema = Json.createObjectBuilder();
        if (!description.title().isEmpty()) {
            schema.add("title", description.title());
        }
        schema.add("description", description.description());
        if (type == List.class) {
            schema.add("type", jsonType("array"))
                    .add("items", bounded(Json.createObjectBuilder().add("type", jsonName(element)), element));
        } else {
            schema.add("type", jsonType(jsonName(type)));
            bounded(schema, type);
        }
        if (!description.unit().isEmpty()) {
            schema.add("unit", description.unit());
        }
        if (!description.group().isEmpty()) {
            schema.add("x-group", description.group());
        }
        if (description.file()) {
            schema.add("x-file", true);
        }
        return schema.add("default", standard).build();
    }

    private JsonObjectBuilder bounded(JsonObjectBuilder schema, Class<?> kind) {
        if (kind.isEnum()) {
            JsonArrayBuilder choices = Json.createArrayBuilder(choices(kind));
            if (optional) {
                choices.add(JsonValue.NULL);
            }
            schema.add("enum", choices);
        }
        if (description.minimum() != Double.NEGATIVE_INFINITY) {
            schema.add("minimum", description.minimum());
        }
        if (description.maximum() != Double.POSITIVE_INFINITY) {
            schema.add("maximum", description.maximum());
        }
        return schema;
    }

    private JsonValue jsonType(String name) {
        return optional ? Json.createArrayBuilder().add(name).add("null").build() : Json.createValue(name);
    }

    private static String jsonName(Class<?> kind) {
        if (kind == boolean.class || kind == Boolean.class) {
            return "boolean";
        }
        if (kind == String.class || kind.isEnum()) {
            return "string";
        }
        return isWhole(kind) ? "integer" : "number";
    }

    private static List<String> choices(Class<?> enumeration) {
        return Arrays.stream(enumeration.getEnumConstants())
                .map(ParameterType::written)
                .toList();
    }

    private static String written(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
