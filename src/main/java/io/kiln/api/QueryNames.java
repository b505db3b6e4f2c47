package io.kiln.api;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.QueryParam;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Set;
import java.util.TreeSet;

/** The query parameters that a resource method reads, from its annotations, those of its class, and those of the beans that they name. */
final class QueryNames {
    private final Set<String> names = new TreeSet<>();

    private QueryNames() {}

    /** Sorted. */
    static Set<String> of(Class<?> resource, Method method) {
        QueryNames found = new QueryNames();
        found.addFields(resource);
        for (Parameter parameter : method.getParameters()) {
            found.add(parameter, parameter.getType());
        }
        return found.names;
    }

    private void addFields(Class<?> type) {
        for (Class<?> declaring = type; declaring != null; declaring = declaring.getSuperclass()) {
            for (Field field : declaring.getDeclaredFields()) {
                add(field, field.getType());
            }
        }
    }

    private void add(AnnotatedElement element, Class<?> type) {
        QueryParam parameter = element.getAnnotation(QueryParam.class);
        if (parameter != null) {
            names.add(parameter.value());
        }
        if (element.isAnnotationPresent(BeanParam.class)) {
            addFields(type);
        }
    }
}
