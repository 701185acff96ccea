package dev.confab.adapter.web.security;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetRetrievalException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.URLBasedJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.ResourceRetriever;
import dev.confab.adapter.web.settings.JwtSettings;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Fetches the issuer's public keys, from its JWK set (RFC 7517). {@link #remembering} is how they are used.
 *
 * <p>Nothing is fetched before the first token arrives, so the issuer need not run when this service starts.
 */
final class IssuerKeys implements JWKSetSource<SecurityContext> {
    private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);
    private static final int TIMEOUT_MILLIS = (int) Duration.ofSeconds(5).toMillis();
    private static final int MAX_BYTES = 1024 * 1024;
    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(30);
    private static final Duration OUTAGE = Duration.ofDays(1);

    private final JwtSettings settings;
    private final ResourceRetriever web = new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, MAX_BYTES);
    /** Null until the address of the JWK set is known. Written by one thread at a time: the cache above fetches under a lock. */
    private volatile @Nullable JWKSetSource<SecurityContext> source;
    private volatile boolean reachable;
    /** The keys of the last successful fetch, and its time. Used under the cache's lock. */
    private @Nullable JWKSet last;
    private long lastFetch;

    IssuerKeys(JwtSettings settings) {
        this.settings = settings;
    }

    /**
     * The keys, kept for five minutes. For a token with an unknown key id they are fetched again, at most twice in 30 s, however many such
     * tokens arrive. While the issuer cannot be reached, the known keys remain in use for up to a day.
     */
    JWKSource<SecurityContext> remembering() {
        return JWKSourceBuilder.create(this).refreshAheadCache(false)
                .cache(FRESH.toMillis(), 3L * TIMEOUT_MILLIS).rateLimited(BETWEEN_FETCHES.toMillis()).build();
    }

    /** Whether the last fetch succeeded. */
    boolean isReachable() {
        return reachable;
    }

    /**
     * During an outage, the library's own tolerance also returns the known keys for a token with an unknown key, which then looks invalid.
     * Here they are returned only because they have become old; in that case {@code refresh} accepts them.
     */
    @Override
    public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator refresh, long now, @Nullable SecurityContext context)
            throws KeySourceException {
        try {
            JWKSetSource<SecurityContext> known = source;
            if (known == null) {
                known = new URLBasedJWKSetSource<>(address(), web);
                source = known;
            }
            JWKSet keys = known.getJWKSet(refresh, now, context);
            reachable = true;
            last = keys;
            lastFetch = now;
            return keys;
        } catch (IOException | JacksonException | IllegalArgumentException | KeySourceException e) {
            if (reachable) {
                LOG.warn("The keys of the issuer {} could not be fetched; known keys are good for another day: {}",
                        settings.issuer(), e.toString());
            }
            reachable = false;
            JWKSet old = last;
            if (old != null && !refresh.requiresRefresh(old) && now - lastFetch < OUTAGE.toMillis()) {
                return old;
            }
            throw new JWKSetRetrievalException("The keys of " + settings.issuer() + " could not be fetched", e);
        }
    }

    private URL address() throws IOException {
        return settings.jwkSetUri().isPresent() ? settings.jwkSetUri().get().toURL() : discovered();
    }

    /** The members that are read of the issuer's OpenID configuration (OpenID Connect Discovery 1.0, section 4). */
    private URL discovered() throws IOException {
        String place = settings.issuer().replaceFirst("/$", "") + "/.well-known/openid-configuration";
        JsonNode configuration = JsonMapper.shared()
                .readTree(web.retrieveResource(URI.create(place).toURL()).getContent());
        if (!configuration.path("issuer").asString("").equals(settings.issuer())) {
            throw new IOException("The configuration is of another issuer");
        }
        return URI.create(configuration.path("jwks_uri").asString("")).toURL();
    }

    @Override
    public void close() {
        // Nothing is open between fetches.
    }
}
