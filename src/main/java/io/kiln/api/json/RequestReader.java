package io.kiln.api.json;

import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/** Request bodies that are records, or JSON objects where only the service knows the members. */
@Provider
@Consumes({MediaType.APPLICATION_JSON, RequestReader.MERGE_PATCH})
public class RequestReader implements MessageBodyReader<Object> {
    /** RFC 7396. */
    public static final String MERGE_PATCH = "application/merge-patch+json";

    @Override
    public boolean isReadable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return type.isRecord() || type == JsonObject.class;
    }

    @Override
    public Object readFrom(
            Class<Object> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream body) {
        JsonObject object = RequestJson.object(body);
        return type.isRecord() ? RequestJson.bind(object, type.asSubclass(Record.class)) : object;
    }
}
