package dev.confab.bootstrap.remote;

import dev.confab.bootstrap.failure.CannotStart;
import dev.confab.bootstrap.failure.ExitStatus;
import dev.confab.domain.conversation.OwnerId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A path of the API with query parameters.
 *
 * @param onBehalf the owner whom the request names; empty for the token's own
 */
public record Query(String path, Optional<OwnerId> onBehalf) {
    /** What a header can carry of an owner. */
    private static final Pattern NAME = Pattern.compile("[\\x21-\\x7E]([\\x20-\\x7E]*[\\x21-\\x7E])?");

    public static Query of(String path) {
        return new Query(path, Optional.empty());
    }

    /** The query with one more parameter, unless the value is absent. */
    public Query with(String name, Optional<?> value) {
        return value.map(present -> new Query(path + (path.contains("?") ? "&" : "?") + name + "="
                + URLEncoder.encode(present.toString(), StandardCharsets.UTF_8), onBehalf)).orElse(this);
    }

    public Query with(String name, Object value) {
        return with(name, Optional.of(value));
    }

    public Query onBehalfOf(Optional<OwnerId> owner) {
        if (owner.filter(one -> !NAME.matcher(one.value()).matches()).isPresent()) {
            throw new CannotStart(
                    "A request to a server can name an owner of visible ASCII characters only, with spaces"
                            + " between them.",
                    "Use a token of the owner, without --owner.", ExitStatus.USAGE,
                    new IllegalArgumentException("--owner"));
        }
        return new Query(path, owner);
    }
}
