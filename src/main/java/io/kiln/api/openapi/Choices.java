package io.kiln.api.openapi;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/** Members of requests that hold a word or something else; no Java type tells OpenAPI what. */
public final class Choices {
    /** {@code "all"} or a list of item ids. */
    public static final String ITEMS = "ItemChoice";

    /** {@code "all"} or a number of devices. */
    public static final String DEVICES = "DeviceChoice";

    /** {@code "urgent"} or a priority. */
    public static final String PRIORITY = "PriorityChoice";

    private Choices() {}

    static Map<String, Schema> schemas() {
        Schema ids = of(SchemaType.ARRAY).items(of(SchemaType.STRING).format("uuid"));
        return Map.of(
                ITEMS,
                wordOr("all", ids).description("\"all\" or a list of item ids"),
                DEVICES,
                wordOr("all", wholeNumber(1)).description("how many devices each run gets, or \"all\" of a node"),
                PRIORITY,
                wordOr("urgent", wholeNumber(Integer.MIN_VALUE))
                        .description(
                                "higher goes first; \"urgent\" goes before all others, on their devices if need be"));
    }

    private static Schema wordOr(String word, Schema other) {
        return OASFactory.createSchema().oneOf(List.of(of(SchemaType.STRING).addEnumeration(word), other));
    }

    private static Schema wholeNumber(int least) {
        return of(SchemaType.INTEGER)
                .format("int32")
                .minimum(BigDecimal.valueOf(least))
                .maximum(BigDecimal.valueOf(Integer.MAX_VALUE));
    }

    private static Schema of(SchemaType type) {
        return OASFactory.createSchema().addType(type);
    }
}
