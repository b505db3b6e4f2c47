package io.kiln.api.contract;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** The calls that the resources answer, read from their annotations. */
final class ResourceMethods {
    private ResourceMethods() {}

    /** Such as {@code GET /api/batches/{batch}}. */
    static Set<String> all() {
        return new ClassFileImporter()
                .importPackages("io.kiln.api").stream()
                        .filter(type -> type.isAnnotatedWith(Path.class))
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.isMetaAnnotatedWith(HttpMethod.class))
                        .map(ResourceMethods::call)
                        .collect(Collectors.toSet());
    }

    private static String call(JavaMethod method) {
        JavaClass owner = method.getOwner();
        String verb = Arrays.stream(method.reflect().getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .filter(found -> found != null)
                .findFirst()
                .orElseThrow()
                .value();
        String below =
                method.tryGetAnnotationOfType(Path.class).map(Path::value).orElse("");
        String path = "/api" + owner.getAnnotationOfType(Path.class).value() + below;
        return verb + " " + path.replaceAll(":[^}]*}", "}");
    }
}
