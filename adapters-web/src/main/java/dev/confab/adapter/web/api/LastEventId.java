package dev.confab.adapter.web.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where a client that had a stream before wants to go on; an empty header means the same as none, as browsers have it. */
final class LastEventId {
    private static final Pattern ID = Pattern.compile("0|[1-9][0-9]{0,17}");

    private LastEventId() {
    }

    static Optional<Long> of(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Last-Event-ID")).filter(id -> !id.isEmpty()).map(id -> {
            if (!ID.matcher(id).matches()) {
                throw ApiException.invalid("Last-Event-ID is not an integer from 0 on");
            }
            return Long.parseLong(id);
        });
    }
}
