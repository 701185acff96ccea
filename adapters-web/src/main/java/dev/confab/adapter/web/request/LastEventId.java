package dev.confab.adapter.web.request;

import dev.confab.domain.conversation.InvalidValue;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** The event after which a client resumes a stream. An empty header means the same as none, as in browsers. */
public record LastEventId(Optional<Long> value) {
    private static final String HEADER = "Last-Event-ID";

    /** Throws {@link InvalidValue} when it is not a number. */
    static LastEventId of(HttpServletRequest request) {
        return new LastEventId(Optional.ofNullable(request.getHeader(HEADER)).filter(id -> !id.isEmpty())
                .map(id -> QueryValues.number(HEADER, id)));
    }
}
