package dev.confab.adapter.web.settings;

import dev.confab.domain.access.Limits;
import java.time.Duration;
import java.util.Set;
import javax.crypto.SecretKey;

/**
 * The settings of this adapter.
 *
 * @param version Confab's, for {@code /info}
 * @param store the store's name, for {@code /info}
 * @param retryAfter for the header Retry-After when the store is busy or unavailable; at least one second is sent
 * @param cursorKey signs cursors with HMAC-SHA-256; must be the same on all instances and after a restart, or cursors become invalid
 * @param maxImportBytes the largest body of an import
 * @param maxBodyBytesInFlight the most bytes of bodies in memory at the same time; one body alone always fits
 * @param allowedOrigins the other origins whose web pages may call this service, such as {@code https://example.org}; usually none
 * @param heartbeat how often an idle event stream carries a comment
 * @param minBodyBytesPerSecond a body that arrives more slowly is rejected; 0 for no minimum
 * @param connections how many connections and event streams may be open at once
 * @param hosts under which host names, and behind which proxies, this service is called
 * @param limits the limits of each owner, unless the API key of the request has others
 */
public record WebSettings(String version, String store, Duration retryAfter, SecretKey cursorKey, long maxImportBytes,
        long maxBodyBytesInFlight, Set<String> allowedOrigins, Duration heartbeat, ConnectionLimits connections,
        long minBodyBytesPerSecond, HostSettings hosts, Limits limits) {
    /** A body takes about eight times its size until its conversation is stored; so all together take at most half of the heap. */
    public static final long DEFAULT_BODY_BYTES_IN_FLIGHT = Runtime.getRuntime().maxMemory() / 16;

    /** As in {@code openapi.yaml}. */
    public static final Duration DEFAULT_HEARTBEAT = Duration.ofSeconds(15);

    public WebSettings {
        allowedOrigins = Set.copyOf(allowedOrigins);
    }

    /** Without limits of owners. */
    public WebSettings(String version, String store, Duration retryAfter, SecretKey cursorKey, long maxImportBytes,
            long maxBodyBytesInFlight, Set<String> allowedOrigins, Duration heartbeat, ConnectionLimits connections,
            long minBodyBytesPerSecond, HostSettings hosts) {
        this(version, store, retryAfter, cursorKey, maxImportBytes, maxBodyBytesInFlight, allowedOrigins, heartbeat,
                connections, minBodyBytesPerSecond, hosts, Limits.NONE);
    }
}
