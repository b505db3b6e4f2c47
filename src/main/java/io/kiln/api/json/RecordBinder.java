package io.kiln.api.json;

import io.kiln.pipeline.ParameterProblem;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.JsonValue.ValueType;
import jakarta.validation.constraints.NotNull;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * Reads a JSON object into the record that declares its members, and collects everything that does not fit: unknown members, missing ones (those with
 * {@link NotNull}) and values of another type. Components are String, UUID, Instant, Integer, Long, Double, Boolean, JsonObject, JsonValue, records
 * and Lists of these; members that are absent or null are null.
 */
final class RecordBinder {
    private final List<ParameterProblem> problems = new ArrayList<>();

    List<ParameterProblem> problems() {
        return problems;
    }

    /** The record, or null where a problem was found in it. */
    <R extends Record> R bind(JsonObject object, Class<R> type, String path) {
        RecordComponent[] components = type.getRecordComponents();
        List<String> known =
                Arrays.stream(components).map(RecordComponent::getName).toList();
        int before = problems.size();
        for (String name : object.keySet()) {
            if (!known.contains(name)) {
                problem(path, name, "is not known here; known are " + String.join(", ", known));
            }
        }
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = component(object, components[i], path);
        }
        return problems.size() > before ? null : construct(type, components, values);
    }

    private Object component(JsonObject object, RecordComponent component, String path) {
        String name = component.getName();
        JsonValue value = object.getOrDefault(name, JsonValue.NULL);
        if (component.getType() == JsonValue.class && object.containsKey(name)) {
            return value;
        }
        if (value.getValueType() == ValueType.NULL) {
            if (component.getAccessor().isAnnotationPresent(NotNull.class)) {
                problem(path, name, "is missing");
            }
            return null;
        }
        return value(value, component.getGenericType(), path, name);
    }

    private Object value(JsonValue value, Type type, String path, String name) {
        if (type instanceof ParameterizedType list) {
            return value instanceof JsonArray array
                    ? elements(array, list.getActualTypeArguments()[0], path, name)
                    : wrong(value, path, name, "a list");
        }
        if (type instanceof Class<?> kind && kind.isRecord()) {
            return value instanceof JsonObject object
                    ? bind(object, kind.asSubclass(Record.class), path + name + ".")
                    : wrong(value, path, name, "an object");
        }
        if (type == JsonValue.class) {
            return value;
        }
        if (type == JsonObject.class) {
            return value instanceof JsonObject ? value : wrong(value, path, name, "an object");
        }
        if (type == Boolean.class) {
            return switch (value.getValueType()) {
                case TRUE -> true;
                case FALSE -> false;
                default -> wrong(value, path, name, "true or false");
            };
        }
        return value instanceof JsonNumber number ? number(number, type, path, name) : text(value, type, path, name);
    }

    private List<Object> elements(JsonArray array, Type element, String path, String name) {
        List<Object> elements = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            elements.add(value(array.get(i), element, path, name + "[" + i + "]"));
        }
        return elements;
    }

    private Object number(JsonNumber number, Type type, String path, String name) {
        try {
            if (type == Integer.class) {
                return number.bigDecimalValue().intValueExact();
            }
            if (type == Long.class) {
                return number.bigDecimalValue().longValueExact();
            }
        } catch (ArithmeticException notExact) {
            return wrong(number, path, name, "a whole number " + bounds(type));
        }
        return type == Double.class ? (Object) number.doubleValue() : text(number, type, path, name);
    }

    private static String bounds(Type type) {
        return type == Integer.class
                ? "from " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE
                : "from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE;
    }

    private Object text(JsonValue value, Type type, String path, String name) {
        if (type == Integer.class || type == Long.class) {
            return wrong(value, path, name, "a whole number");
        }
        if (type == Double.class) {
            return wrong(value, path, name, "a number");
        }
        if (!(value instanceof JsonString text)) {
            return wrong(value, path, name, "a text");
        }
        if (type == String.class) {
            return text.getString();
        }
        try {
            if (type == UUID.class) {
                return UUID.fromString(text.getString());
            }
            if (type == Instant.class) {
                return Instant.parse(text.getString());
            }
        } catch (DateTimeParseException e) {
            return wrong(value, path, name, "a time such as 2026-11-20T18:30:00Z");
        } catch (IllegalArgumentException e) {
            return wrong(value, path, name, "a UUID");
        }
        throw new IllegalStateException("a component of type " + type + " cannot be read from JSON");
    }

    private Object wrong(JsonValue value, String path, String name, String expected) {
        problem(path, name, "is " + Shortened.text(value.toString()) + ", but must be " + expected);
        return null;
    }

    private void problem(String path, String name, String message) {
        problems.add(new ParameterProblem(path + name, "'" + path + name + "' " + message));
    }

    private static <R extends Record> R construct(Class<R> type, RecordComponent[] components, Object[] values) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException problem) {
                throw problem;
            }
            throw new IllegalStateException("cannot make " + type.getName(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make " + type.getName(), e);
        }
    }
}
