package dev.confab.adapter.chatexport.json;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Values of JSON that may be absent, null or of another type: all three count as absent. */
public final class Values {
    private static final BigDecimal LATEST_SECOND = new BigDecimal(253_402_300_799L);
    private static final BigDecimal EARLIEST_SECOND = new BigDecimal(-62_135_596_800L);

    private Values() {
    }

    public static Optional<JsonNode> member(@Nullable JsonNode object, String name) {
        return object == null ? Optional.empty() : Optional.ofNullable(object.get(name)).filter(v -> !v.isNull());
    }

    /** The text, with at least one character. */
    public static Optional<String> text(@Nullable JsonNode object, String name) {
        return member(object, name).flatMap(Values::text);
    }

    /** As {@link #text(JsonNode, String)}, of the value itself. */
    public static Optional<String> text(JsonNode value) {
        return value.isString() ? Optional.of(value.stringValue()).filter(t -> !t.isEmpty()) : Optional.empty();
    }

    /** An id, which may be a text or a whole number. */
    public static Optional<String> id(JsonNode object, String name) {
        return member(object, name).flatMap(Values::id);
    }

    /** As {@link #id(JsonNode, String)}. */
    public static Optional<String> id(JsonNode value) {
        return value.isString() || value.isIntegralNumber()
                ? Optional.of(value.asString()).filter(text -> !text.isEmpty())
                : Optional.empty();
    }

    public static boolean isTrue(@Nullable JsonNode object, String name) {
        return member(object, name).filter(Values::isTrue).isPresent();
    }

    public static boolean isTrue(JsonNode value) {
        return value.isBoolean() && value.booleanValue();
    }

    /** The elements of an array. */
    public static Stream<JsonNode> elements(@Nullable JsonNode object, String name) {
        return member(object, name).filter(JsonNode::isArray).stream()
                .flatMap(array -> StreamSupport.stream(array.spliterator(), false));
    }

    /** A number of seconds since 1970, as a number or as its text. Cut to milliseconds. */
    public static Optional<Instant> seconds(JsonNode value) {
        try {
            return value.isNumber()
                    ? seconds(value.decimalValue())
                    : Optional.of(value).filter(JsonNode::isString).map(JsonNode::stringValue)
                            .filter(text -> text.length() <= 30).flatMap(text -> seconds(new BigDecimal(text)));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> seconds(BigDecimal seconds) {
        // Compared first: the digits of a number with a huge exponent would fill the memory.
        return seconds.compareTo(EARLIEST_SECOND) < 0 || seconds.compareTo(LATEST_SECOND) > 0
                ? Optional.empty()
                : Optional.of(Instant.ofEpochMilli(
                        seconds.setScale(3, RoundingMode.FLOOR).movePointRight(3).longValue()));
    }

    /** A time as RFC 3339 writes it, cut to milliseconds. */
    public static Optional<Instant> time(JsonNode value) {
        if (!value.isString()) {
            return Optional.empty();
        }
        try {
            Instant time = OffsetDateTime.parse(value.stringValue()).toInstant().truncatedTo(ChronoUnit.MILLIS);
            return Optional.of(time).filter(t -> seconds(BigDecimal.valueOf(t.getEpochSecond())).isPresent());
        } catch (DateTimeException otherForm) {
            return Optional.empty();
        }
    }
}
