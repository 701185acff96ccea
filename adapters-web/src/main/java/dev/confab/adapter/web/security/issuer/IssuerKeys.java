package dev.confab.adapter.web.security.issuer;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetRetrievalException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.URLBasedJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import dev.confab.adapter.web.settings.JwtSettings;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches the issuer's public keys, from its JWK set (RFC 7517). {@link #remembering} is how they are used.
 *
 * <p>Nothing is fetched before the first token arrives, so the issuer need not run when this service starts.
 */
final class IssuerKeys implements JWKSetSource<SecurityContext> {
    private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);
    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(30);
    private static final Duration OUTAGE = Duration.ofDays(1);

    private final JwtSettings settings;
    private final JWKSource<SecurityContext> remembering = JWKSourceBuilder.create(this).refreshAheadCache(false)
            .cache(FRESH.toMillis(), 3 * OpenIdConfiguration.TIMEOUT.toMillis())
            .rateLimited(BETWEEN_FETCHES.toMillis()).build();
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
        return remembering;
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
                known = new URLBasedJWKSetSource<>(address(), OpenIdConfiguration.web());
                source = known;
            }
            JWKSet keys = known.getJWKSet(refresh, now, context);
            reachable = true;
            last = keys;
            lastFetch = now;
            return keys;
        } catch (IOException | IllegalArgumentException | KeySourceException e) {
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
        return settings.jwkSetUri().isPresent()
                ? settings.jwkSetUri().get().toURL()
                : URI.create(String.valueOf(new OpenIdConfiguration(settings.issuer()).fetch().get("jwks_uri")))
                        .toURL();
    }

    @Override
    public void close() {
        // Nothing is open between fetches.
    }
}
