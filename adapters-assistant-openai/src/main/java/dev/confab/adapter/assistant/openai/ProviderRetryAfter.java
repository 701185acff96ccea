package dev.confab.adapter.assistant.openai;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Reads the Retry-After header (RFC 9110, section 10.2.3): seconds, or a date. */
final class ProviderRetryAfter {
    private ProviderRetryAfter() {
    }

    /** Empty when the header is missing or malformed. */
    static Optional<Duration> of(HttpHeaders headers) {
        return headers.firstValue("Retry-After").flatMap(value -> seconds(value).or(() -> until(value, headers)));
    }

    private static Optional<Duration> seconds(String value) {
        return value.matches("\\d{1,9}") ? Optional.of(Duration.ofSeconds(Long.parseLong(value))) : Optional.empty();
    }

    /** The date is in the provider's time, so the wait is measured from the provider's Date header. */
    private static Optional<Duration> until(String value, HttpHeaders headers) {
        return date(value).flatMap(end -> headers.firstValue("Date").flatMap(ProviderRetryAfter::date)
                .map(now -> Duration.between(now, end)).filter(wait -> !wait.isNegative()));
    }

    private static Optional<ZonedDateTime> date(String value) {
        try {
            return Optional.of(ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
