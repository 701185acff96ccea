package dev.confab.adapter.web.request;

import dev.confab.adapter.web.problem.KeyedCreation;
import dev.confab.adapter.web.problem.ProblemException;
import dev.confab.application.RequestedId;
import dev.confab.domain.ConfabException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The header {@code Idempotency-Key} of a request that creates something. It counts only when the body gives no id. */
public final class IdempotencyKey {
    public static final String HEADER = "Idempotency-Key";
    private static final Pattern BARE = Pattern.compile("[\\x21\\x23-\\x7E]([\\x20-\\x7E]*[\\x21-\\x7E])?");
    private static final Pattern QUOTED = Pattern.compile("\"((?:[\\x20\\x21\\x23-\\x5B\\x5D-\\x7E]|\\\\[\"\\\\])+)\"");

    private final HttpServletRequest request;

    IdempotencyKey(HttpServletRequest request) {
        this.request = request;
    }

    /** An id alone, where no key is supported. */
    public static RequestedId without(Optional<UUID> id) {
        return id.<RequestedId>map(RequestedId.Given::new).orElseGet(RequestedId.Unnamed::new);
    }

    /**
     * The id if there is one, else the key, else neither.
     *
     * @param conflict thrown when the id that Confab derives from the key is in use
     */
    public RequestedId unless(Optional<UUID> id, Class<? extends ConfabException> conflict) {
        List<String> keys = Collections.list(request.getHeaders(HEADER));
        if (id.isPresent() || keys.isEmpty()) {
            return without(id);
        }
        String key = unquoted(keys);
        new KeyedCreation(key, conflict).remember(request);
        return new RequestedId.Keyed(key);
    }

    /** A bare and a quoted key mean the same. */
    private static String unquoted(List<String> keys) {
        String key = keys.getFirst().strip();
        var quoted = QUOTED.matcher(key);
        if (quoted.matches()) {
            key = quoted.group(1).replaceAll("\\\\(.)", "$1");
        } else if (!BARE.matcher(key).matches()) {
            throw ProblemException.invalid(HEADER + ": must be 1 to 255 visible ASCII characters, bare or quoted");
        }
        if (keys.size() > 1) {
            throw ProblemException.invalid("duplicate header " + HEADER);
        }
        if (key.length() > RequestedId.Keyed.MAX_LENGTH) {
            throw ProblemException
                    .invalid(HEADER + ": must have at most " + RequestedId.Keyed.MAX_LENGTH + " characters");
        }
        return key;
    }
}
