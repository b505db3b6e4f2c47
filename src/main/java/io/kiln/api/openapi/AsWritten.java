package io.kiln.api.openapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/** What is read from Java types as it stands in JSON: members without a value are null, and an id is its text. */
final class AsWritten {
    private static final String VALUE = "value";

    private AsWritten() {}

    /** The schema of a type that has a name. */
    static Schema of(Schema type) {
        Map<String, Schema> members = Optional.ofNullable(type.getProperties()).orElse(Map.of());
        return members.keySet().equals(Set.of(VALUE)) ? members.get(VALUE) : withNulls(type, members);
    }

    private static Schema withNulls(Schema type, Map<String, Schema> members) {
        List<String> required = Optional.ofNullable(type.getRequired()).orElse(List.of());
        Map<String, Schema> written = new LinkedHashMap<>(members);
        written.replaceAll((name, member) -> required.contains(name) ? member : orNull(member));
        return written.isEmpty() ? type : type.properties(written);
    }

    private static Schema orNull(Schema member) {
        if (member.getRef() == null) {
            return member.addType(SchemaType.NULL);
        }
        Schema named = OASFactory.createSchema().ref(member.getRef());
        Schema none = OASFactory.createSchema().addType(SchemaType.NULL);
        return OASFactory.createSchema().description(member.getDescription()).anyOf(List.of(named, none));
    }
}
