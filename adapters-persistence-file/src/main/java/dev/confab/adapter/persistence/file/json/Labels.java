package dev.confab.adapter.persistence.file.json;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * A member that tells the kind of an object, and its values: the constants of an enum in lower case, as in {@code metadata-changed}.
 *
 * <p>Each sealed type has such an enum. Writing is an exhaustive switch over the sealed type that names a constant, and reading an
 * exhaustive switch over the constants. So a new kind does not compile until it is written and read.
 */
final class Labels<K extends Enum<K>> {
    private final String member;
    private final Map<String, K> kinds;

    Labels(String member, Class<K> type) {
        this.member = member;
        this.kinds = Arrays.stream(type.getEnumConstants())
                .collect(Collectors.toUnmodifiableMap(Labels::of, Function.identity()));
    }

    private static String of(Enum<?> kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    void write(JsonGenerator json, K kind) {
        json.writeStringProperty(member, of(kind));
    }

    /** The beginning of an event: its kind, and when it happened. */
    void write(JsonGenerator json, K kind, Instant at) {
        write(json, kind);
        json.writeStringProperty("at", at.toString());
    }

    /** Unknown labels throw {@link IllegalArgumentException}. */
    K read(JsonNode json) {
        String label = StoredJson.text(json, member);
        return Optional.ofNullable(kinds.get(label)).orElseThrow(
                () -> new IllegalArgumentException("unknown " + member + " \"" + label + "\""));
    }
}
