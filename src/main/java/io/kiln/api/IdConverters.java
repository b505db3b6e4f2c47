package io.kiln.api;

import io.kiln.api.problem.UnreadableValueException;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.UUID;

/** Ids in addresses: records of one UUID. */
@Provider
public class IdConverters implements ParamConverterProvider {
    @Override
    public <T> ParamConverter<T> getConverter(Class<T> type, Type genericType, Annotation[] annotations) {
        boolean isId = type.isRecord()
                && type.getRecordComponents().length == 1
                && type.getRecordComponents()[0].getType() == UUID.class;
        return isId ? new IdConverter<>(type) : null;
    }

    private record IdConverter<T>(Class<T> type) implements ParamConverter<T> {
        @Override
        public T fromString(String text) {
            try {
                return text == null ? null : type.getConstructor(UUID.class).newInstance(id(text));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("cannot make " + type.getName(), e);
            }
        }

        private static UUID id(String text) {
            try {
                return UUID.fromString(text);
            } catch (IllegalArgumentException e) {
                throw new UnreadableValueException("a UUID", e);
            }
        }

        @Override
        public String toString(T id) {
            return id.toString();
        }
    }
}
