package io.kiln.pipeline;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads, checks and describes a pipeline's parameters by the record that declares them: each component carries {@link Parameter}. A further check over
 * several parameters belongs into the record's compact constructor and throws IllegalArgumentException.
 *
 * @param <P> the record; its components are int, Integer, long, double, Double, boolean, String, an enum (written as in {@link ParameterType}) or a
 *     List of Double or Integer
 */
public final class ParameterRecord<P extends Record> {
    private final Class<P> type;
    private final Constructor<P> constructor;
    private final Map<String, ParameterType> parameters = new LinkedHashMap<>();
    private final Set<String> withoutEffect;

    private ParameterRecord(Class<P> type, Set<String> withoutEffect) {
        this.type = type;
        this.constructor = constructor(type);
        this.withoutEffect = Set.copyOf(withoutEffect);
        for (RecordComponent component : type.getRecordComponents()) {
            parameters.put(component.getName(), ParameterType.of(component));
        }
    }

    public static <P extends Record> ParameterRecord<P> of(Class<P> type) {
        return new ParameterRecord<>(type, Set.of());
    }

    /**
     * The same parameters for a pipeline that these have no effect on, where one record serves several pipelines: another value of theirs does not make
     * a whole result stale.
     */
    public ParameterRecord<P> withoutEffectOf(String... names) {
        if (!parameters.keySet().containsAll(List.of(names))) {
            throw new IllegalArgumentException(type.getName() + " lacks one of " + String.join(", ", names));
        }
        return new ParameterRecord<>(type, Set.of(names));
    }

    private static <P extends Record> Constructor<P> constructor(Class<P> type) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(types);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("cannot make " + type.getName(), e);
        }
    }

    /** The parameters' names, in the order of the record. */
    public Set<String> names() {
        return Collections.unmodifiableSet(parameters.keySet());
    }

    /** Everything that is wrong with these parameters; missing ones are not. Empty when they are fine. */
    public List<ParameterProblem> problems(JsonObject given) {
        List<ParameterProblem> problems = new ArrayList<>();
        given.forEach((name, value) -> {
            ParameterType parameter = parameters.get(name);
            if (parameter == null) {
                problems.add(new ParameterProblem(
                        name, "unknown parameter '" + name + "'; known are " + String.join(", ", parameters.keySet())));
            } else {
                parameter.problem(value).ifPresent(problem -> problems.add(new ParameterProblem(name, problem)));
            }
        });
        if (problems.isEmpty()) {
            try {
                construct(withDefaults(given));
            } catch (IllegalArgumentException e) {
                problems.add(new ParameterProblem("", e.getMessage()));
            }
        }
        return problems;
    }

    /**
     * The whole set: what is given, and the standard value of everything else.
     *
     * @throws InvalidParametersException with every problem
     */
    public JsonObject resolve(JsonObject given) {
        List<ParameterProblem> problems = problems(given);
        if (!problems.isEmpty()) {
            throw new InvalidParametersException(problems);
        }
        return withDefaults(given);
    }

    /** The record of a resolved set. */
    public P read(JsonObject resolved) {
        return construct(withDefaults(resolved));
    }

    /** The part of a resolved set that determines the numbers of a result. */
    public JsonObject significant(JsonObject resolved) {
        JsonObjectBuilder part = Json.createObjectBuilder();
        parameters.forEach((name, parameter) -> {
            boolean significant = parameter.description().significant() && !withoutEffect.contains(name);
            if (significant && resolved.containsKey(name)) {
                part.add(name, resolved.get(name));
            }
        });
        return part.build();
    }

    /** The input files that a set names, by the parameter's name. */
    public Map<String, String> files(JsonObject parameterSet) {
        Map<String, String> files = new LinkedHashMap<>();
        parameters.forEach((name, parameter) -> {
            if (parameter.description().file() && parameterSet.get(name) instanceof JsonString file) {
                files.put(name, file.getString());
            }
        });
        return files;
    }

    /**
     * JSON Schema (draft 2020-12) of the parameters, with units, defaults and bounds, in the order in which people go through them. Beside the standard's
     * own keywords a parameter has {@code unit}, {@code x-group} (the heading that it stands under), {@code x-file} (true where it names an input file) and
     * {@code x-effect} (false where it changes nothing of this pipeline's result).
     */
    public JsonObject schema() {
        JsonObjectBuilder properties = Json.createObjectBuilder();
        parameters.forEach((name, parameter) -> properties.add(
                name,
                withoutEffect.contains(name)
                        ? Json.createObjectBuilder(parameter.schema())
                                .add("x-effect", false)
                                .build()
                        : parameter.schema()));
        return Json.createObjectBuilder()
                .add("$schema", "https://json-schema.org/draft/2020-12/schema")
                .add("type", "object")
                .add("additionalProperties", false)
                .add("properties", properties)
                .build();
    }

    private JsonObject withDefaults(JsonObject given) {
        JsonObjectBuilder all = Json.createObjectBuilder();
        parameters.forEach((name, parameter) -> {
            JsonValue value = given.get(name);
            all.add(name, value == null ? parameter.standard() : value);
        });
        return all.build();
    }

    private P construct(JsonObject resolved) {
        Object[] values = parameters.entrySet().stream()
                .map(entry -> entry.getValue().read(resolved.get(entry.getKey())))
                .toArray();
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException problem) {
                throw problem;
            }
            throw new IllegalStateException("cannot make " + type.getName(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make " + type.getName(), e);
        }
    }
}
