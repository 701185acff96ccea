package dev.confab.adapter.web.json;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** How this API writes JSON: members in the order of their record, timestamps with milliseconds. */
public final class ResponseJson {
    /** Closing a generator early closes no array or object: an incomplete response must not look complete. */
    public static final JsonMapper MAPPER = JsonMapper.builder().disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY).build();

    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private ResponseJson() {
    }

    /** RFC 3339 in UTC with exactly three digits of milliseconds. */
    public static String time(Instant time) {
        return TIME.format(time);
    }
}
