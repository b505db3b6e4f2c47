package io.kiln.api;

import io.kiln.api.problem.UnreadableValueException;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.function.Function;

/** Numbers and truths in addresses. Java's own reading takes every word but "true" for false, and says nothing of bounds. */
@Provider
public class ValueConverters implements ParamConverterProvider {
    private static final Map<Class<?>, Function<String, ?>> READERS = Map.of(
            int.class, ValueConverters::whole,
            Integer.class, ValueConverters::whole,
            Double.class, ValueConverters::number,
            long.class, ValueConverters::longWhole,
            Long.class, ValueConverters::longWhole,
            boolean.class, ValueConverters::truth,
            Boolean.class, ValueConverters::truth);

    @Override
    @SuppressWarnings("unchecked")
    public <T> ParamConverter<T> getConverter(Class<T> type, Type genericType, Annotation[] annotations) {
        return READERS.containsKey(type) ? new Converter<>((Function<String, T>) READERS.get(type)) : null;
    }

    private record Converter<T>(Function<String, T> reader) implements ParamConverter<T> {
        @Override
        public T fromString(String text) {
            return text == null ? null : reader.apply(text);
        }

        @Override
        public String toString(T value) {
            return value.toString();
        }
    }

    private static Integer whole(String text) {
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException e) {
            throw new UnreadableValueException(
                    "a whole number from " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE, e);
        }
    }

    private static Long longWhole(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw new UnreadableValueException("a whole number from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE, e);
        }
    }

    private static Double number(String text) {
        try {
            return Double.valueOf(text);
        } catch (NumberFormatException e) {
            throw new UnreadableValueException("a number", e);
        }
    }

    private static Boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new UnreadableValueException("true or false");
        };
    }
}
