package dev.confab.adapter.web.settings;

import java.time.Duration;
import java.util.Set;
import javax.crypto.SecretKey;

/**
 * What this adapter is told.
 *
 * @param version Confab's, for {@code /info}
 * @param store the store's name, for {@code /info}
 * @param retryAfter what a client is told to wait when the store is busy or unavailable; at least a second is said
 * @param cursorKey for HMAC-SHA-256, what cursors are signed with; the same for all instances, and kept over restarts, so that
 *        cursors are valid there too
 * @param maxImportBytes the largest body of an import
 * @param allowedOrigins the other origins whose web pages may call, {@code https://example.org}; usually none
 * @param heartbeat how often an idle event stream carries a comment
 */
public record WebSettings(String version, String store, Duration retryAfter, SecretKey cursorKey, long maxImportBytes,
        Set<String> allowedOrigins, Duration heartbeat) {
    /** What the API's description promises. */
    public static final Duration DEFAULT_HEARTBEAT = Duration.ofSeconds(15);

    public WebSettings {
        allowedOrigins = Set.copyOf(allowedOrigins);
    }
}
