package dev.confab.adapter.web.api;

import dev.confab.adapter.web.api.JsonValue.JsonArray;
import dev.confab.adapter.web.api.JsonValue.JsonBoolean;
import dev.confab.adapter.web.api.JsonValue.JsonNull;
import dev.confab.adapter.web.api.JsonValue.JsonNumber;
import dev.confab.adapter.web.api.JsonValue.JsonObject;
import dev.confab.adapter.web.api.JsonValue.JsonString;
import java.io.StringWriter;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** How this API writes JSON. */
final class Json {
    /** A generator of this mapper that is closed early ends nothing: a broken answer must look broken. */
    static final JsonMapper MAPPER = JsonMapper.builder().disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION).build();

    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private Json() {
    }

    /** RFC 3339 in UTC with exactly three digits of milliseconds. */
    static String time(Instant time) {
        return TIME.format(time);
    }

    /** Without any white space, keys and digits as they came. */
    static String compact(JsonValue value) {
        var text = new StringWriter();
        try (JsonGenerator generator = MAPPER.createGenerator(text)) {
            write(value, generator);
        }
        return text.toString();
    }

    private static void write(JsonValue value, JsonGenerator generator) {
        switch (value) {
            case JsonObject(var members) -> {
                generator.writeStartObject();
                members.forEach((key, member) -> {
                    generator.writeName(key);
                    write(member, generator);
                });
                generator.writeEndObject();
            }
            case JsonArray(var items) -> {
                generator.writeStartArray();
                items.forEach(item -> write(item, generator));
                generator.writeEndArray();
            }
            case JsonString(var text) -> generator.writeString(text);
            case JsonNumber(var text) -> generator.writeRawValue(text);
            case JsonBoolean(var flag) -> generator.writeBoolean(flag);
            case JsonNull() -> generator.writeNull();
        }
    }
}
