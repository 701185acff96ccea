package dev.confab.adapter.assistant.openai;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** What a status other than 200 means. Of the provider's words nothing is read: they may repeat the key. */
final class Refusals {
    private Refusals() {
    }

    static AttemptFailed of(int status, HttpHeaders headers) {
        if (status == 429) {
            return AttemptFailed.passing("assistant-rate-limited", "The assistant is asked too much; try again later.",
                    retryAfter(headers));
        }
        if (status >= 500) {
            return AttemptFailed.passing("assistant-unavailable", "The assistant failed with status " + status + ".",
                    retryAfter(headers));
        }
        if (status == 401 || status == 403) {
            return AttemptFailed.lasting("assistant-refused", "The assistant refused: the key was refused.");
        }
        return AttemptFailed.lasting("assistant-request-rejected",
                "The assistant rejected the request with status " + status + ".");
    }

    private static Optional<Duration> retryAfter(HttpHeaders headers) {
        return headers.firstValue("Retry-After").flatMap(value -> seconds(value).or(() -> until(value, headers)));
    }

    private static Optional<Duration> seconds(String value) {
        return value.matches("\\d{1,9}") ? Optional.of(Duration.ofSeconds(Long.parseLong(value))) : Optional.empty();
    }

    /** A date is one of the provider's clock, so it is measured from the provider's now. */
    private static Optional<Duration> until(String value, HttpHeaders headers) {
        return date(value).flatMap(end -> headers.firstValue("Date").flatMap(Refusals::date)
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
