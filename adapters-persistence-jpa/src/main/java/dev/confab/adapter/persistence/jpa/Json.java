package dev.confab.adapter.persistence.jpa;

import dev.confab.domain.conversation.Metadata;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** Metadata as the JSON of its column: one object of strings. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder().disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
    private static final TypeReference<TreeMap<String, String>> PAIRS = new TypeReference<>() {
    };
    private static final String EMPTY = "{}";

    private Json() {
    }

    static String write(Metadata metadata) {
        Map<String, String> pairs = metadata.pairs();
        return pairs.isEmpty() ? EMPTY : MAPPER.writeValueAsString(pairs);
    }

    /** Throws {@link tools.jackson.core.JacksonException} or {@code InvalidValue} for what {@link #write} does not write. */
    static Metadata read(String json) {
        return json.equals(EMPTY) ? Metadata.EMPTY : new Metadata(MAPPER.readValue(json, PAIRS));
    }
}
