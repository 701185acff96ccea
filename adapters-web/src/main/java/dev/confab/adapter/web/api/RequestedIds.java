package dev.confab.adapter.web.api;

import dev.confab.application.RequestedId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** How requests name what they make: by an {@code id}, else by an {@code Idempotency-Key}. */
final class RequestedIds {
    private static final String HEADER = "Idempotency-Key";
    private static final int MAX_LENGTH = 255;
    private static final Pattern BARE = Pattern.compile("[\\x21\\x23-\\x7E]([\\x20-\\x7E]*[\\x21-\\x7E])?");
    private static final Pattern QUOTED = Pattern.compile("\"((?:[\\x20\\x21\\x23-\\x5B\\x5D-\\x7E]|\\\\[\"\\\\])+)\"");

    private RequestedIds() {
    }

    /** Only the id: where no key is understood. */
    static RequestedId of(Optional<UUID> id) {
        return id.<RequestedId>map(RequestedId.Given::new).orElseGet(RequestedId.Unnamed::new);
    }

    /** The id; without one, the key, which may stand there bare or quoted and mean the same. */
    static RequestedId of(Optional<UUID> id, HttpServletRequest request) {
        var keys = Collections.list(request.getHeaders(HEADER));
        return id.isPresent() || keys.isEmpty()
                ? of(id)
                : new RequestedId.Keyed(unquoted(keys.getFirst(), keys.size()));
    }

    /** Refuses a key where it would not make the request repeatable: a client that sends one relies on it. */
    static void refuseKey(HttpServletRequest request) {
        if (request.getHeader(HEADER) != null) {
            throw ApiException.invalid(HEADER + " is not understood here: give each message an id");
        }
    }

    private static String unquoted(String value, int headers) {
        String key = value.strip();
        var quoted = QUOTED.matcher(key);
        if (quoted.matches()) {
            key = quoted.group(1).replaceAll("\\\\(.)", "$1");
        } else if (!BARE.matcher(key).matches()) {
            throw ApiException.invalid(HEADER + " is not 1 to 255 visible characters of ASCII, bare or quoted");
        }
        if (headers > 1 || key.length() > MAX_LENGTH) {
            throw ApiException.invalid(HEADER + " stands there twice, or has more than " + MAX_LENGTH + " characters");
        }
        return key;
    }
}
