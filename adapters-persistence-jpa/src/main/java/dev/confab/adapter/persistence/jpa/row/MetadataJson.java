package dev.confab.adapter.persistence.jpa.row;

import dev.confab.domain.conversation.Metadata;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/** The JSON of the metadata columns: an object whose values are strings. */
public final class MetadataJson {
    private static final JsonMapper MAPPER = strict().build();
    private static final TypeReference<TreeMap<String, String>> PAIRS = new TypeReference<>() {
    };
    private static final String EMPTY = "{}";

    private MetadataJson() {
    }

    /** Rejects numbers and booleans where a string is expected, instead of converting them. */
    static JsonMapper.Builder strict() {
        return JsonMapper.builder().withCoercionConfig(LogicalType.Textual,
                config -> config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
    }

    public static String write(Metadata metadata) {
        Map<String, String> pairs = metadata.pairs();
        return pairs.isEmpty() ? EMPTY : MAPPER.writeValueAsString(pairs);
    }

    /** Throws {@code JacksonException} or {@code InvalidValue} for JSON that {@link #write} cannot have written. */
    static Metadata read(String json) {
        return json.equals(EMPTY) ? Metadata.EMPTY : new Metadata(MAPPER.readValue(json, PAIRS));
    }
}
