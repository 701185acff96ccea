package dev.confab.bootstrap.settings;

import dev.confab.adapter.web.settings.JwtSettings;
import dev.confab.bootstrap.store.StoreSelector;
import dev.confab.domain.session.Session.TokenBudget;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The settings under {@code confab.} that apply to every store.
 *
 * @param persistence the name of the store
 * @param retention how long a deleted conversation stays in the bin, and how long an ended API key stays listed
 * @param cursorSecret signs cursors; if absent, the store provides a secret that stays the same after a restart
 * @param importing {@code confab.import}
 * @param imports of files that other applications exported
 * @param security how callers log in
 */
@Validated
@ConfigurationProperties("confab")
public record ConfabSettings(@DefaultValue(StoreSelector.DEFAULT_STORE) String persistence,
        @DurationMin(seconds = 1) @DefaultValue("30d") Duration retention, Optional<String> cursorSecret,
        @Valid @Name("import") @DefaultValue Import importing, @Valid @DefaultValue Imports imports,
        @Valid @DefaultValue Cors cors,
        @Valid @DefaultValue Body body, @Valid @DefaultValue Streams streams,
        @Valid @DefaultValue Connections connections,
        @Valid @DefaultValue Retry retry, @Valid @DefaultValue Session session, @Valid @DefaultValue Turn turn,
        @Valid @DefaultValue Tools tools, @Valid @DefaultValue Assistant assistant,
        @NotNull @DefaultValue("none") Security security, @Valid @DefaultValue Jwt jwt,
        @Valid @DefaultValue Server server, @Valid @DefaultValue Webhooks webhooks,
        @Valid @DefaultValue Limits limits, @Valid @DefaultValue Tracing tracing) {

    /** How callers log in. */
    public enum Security {
        /** There is no log-in, and only this machine can connect. */
        NONE,
        /** With keys that this service makes. */
        API_KEYS,
        /** With the JSON Web Tokens of an issuer. */
        JWT
    }

    /**
     * The JSON Web Tokens that are accepted.
     *
     * @param issuer the claim iss that a token must have
     * @param audience a value that the claim aud must contain
     * @param jwkSetUri where the issuer's keys are; if absent, the address is taken from the issuer's OpenID configuration
     * @param scopeClaim the claim that lists the scopes
     * @param algorithms the signatures that are accepted
     * @param clientId the id of this service as a client of the issuer; if absent, nobody is led to the issuer to log in
     * @param clientSecret of that client, if it has one
     * @param clientScopes the scopes that a log-in asks for, besides openid
     */
    public record Jwt(Optional<String> issuer, Optional<String> audience, Optional<URI> jwkSetUri,
            @NotEmpty @DefaultValue("scope") String scopeClaim,
            @NotEmpty @DefaultValue({
                    "RS256", "ES256"}) Set<JwtSettings.Algorithm> algorithms,
            Optional<String> clientId, Optional<String> clientSecret,
            @NotNull @DefaultValue({
                    "read", "write"}) Set<String> clientScopes) {
        public Jwt {
            algorithms = Set.copyOf(algorithms);
            clientScopes = Set.copyOf(clientScopes);
        }

        @Override
        public String toString() {
            return "Jwt[issuer=" + issuer + ", audience=" + audience + ", clientId=" + clientId + "]";
        }
    }

    /**
     * How the server is reached from other machines.
     *
     * @param trustedProxies the addresses or ranges of reverse proxies whose X-Forwarded headers are believed
     * @param allowedHosts with log-in, the host names that requests may have; if there are none, every name
     * @param drainTime how long a stopping server still serves, so that proxies turn to other instances
     */
    public record Server(
            @DefaultValue List<@Pattern(regexp = ADDRESS, message = "must be an IP address or a range such as 10.1.0.0/16") String> trustedProxies,
            @DefaultValue Set<@Pattern(regexp = HOST, message = "must be a host name or an address, without a port") String> allowedHosts,
            @DurationMin(seconds = 0) @DurationMax(minutes = 5) @DefaultValue("0s") Duration drainTime) {
        /** An IPv4 or IPv6 address, or a range of them. */
        public static final String ADDRESS = "[0-9]{1,3}(\\.[0-9]{1,3}){3}(/[0-9]{1,2})?|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(/[0-9]{1,3})?";
        /** A host name or an address, without a port. */
        public static final String HOST = "[A-Za-z0-9._-]+|\\[[0-9a-fA-F:.]+]";

        public Server {
            trustedProxies = List.copyOf(trustedProxies);
            allowedHosts = Set.copyOf(allowedHosts);
        }
    }

    /**
     * Webhooks.
     *
     * @param enabled whether this instance delivers events; webhooks can be managed in both cases
     * @param allowPrivateTargets whether events may be sent over http, to this machine and to private networks
     * @param timeout the longest time of one attempt; another instance takes over after twice this time
     * @param firstRetry the pause after the first failure; later ones are longer
     * @param giveUpAfter how long an event is tried until its webhook is disabled
     * @param maxPerWebhook how many attempts for one webhook run at once
     * @param maxAtOnce how many attempts run at once in this instance
     */
    public record Webhooks(@DefaultValue("true") boolean enabled, @DefaultValue("false") boolean allowPrivateTargets,
            @DurationMin(millis = 100) @DefaultValue("15s") Duration timeout,
            @DurationMin(millis = 1) @DefaultValue("5s") Duration firstRetry,
            @DurationMin(seconds = 1) @DefaultValue("24h") Duration giveUpAfter,
            @Min(1) @Max(100) @DefaultValue("8") int maxPerWebhook,
            @Min(1) @Max(10_000) @DefaultValue("256") int maxAtOnce) {
    }

    /**
     * The limits of each owner, unless the API key has others. 0 means no limit. If one is absent, there is none without
     * log-in, and with it the limit given here.
     *
     * @param requestsPerSecond on an instance, on average; 100
     * @param burst how many requests may be made at once after a pause; five times as many
     * @param storedBytes of messages, the bin included; 100GB
     * @param conversations the bin included; 1000000
     */
    public record Limits(Optional<@Min(0) @Max(1_000_000) Integer> requestsPerSecond,
            Optional<@Min(1) @Max(1_000_000) Integer> burst, Optional<@MinSize("0B") DataSize> storedBytes,
            Optional<@Min(0) Integer> conversations) {
    }

    /**
     * Traces. Spring Boot's settings {@code management.opentelemetry.tracing.export.*} have the rest: headers, time-outs, the queue.
     *
     * @param endpoint where the collector takes spans, such as {@code http://localhost:4318/v1/traces}; without it, traces are off
     * @param sampling the part of the traces that is recorded, from 0 to 1
     */
    public record Tracing(
            Optional<@Pattern(regexp = ENDPOINT, message = "must be an http or https address with a path and without a user, such as http://localhost:4318/v1/traces") String> endpoint,
            @DecimalMin("0") @DecimalMax("1") @DefaultValue("1") double sampling) {
        /** An absolute address; nothing counts as not set. */
        public static final String ENDPOINT = "(https?://[^/?#@\\s]+/[^\\s]+)?";
    }

    /** @param maxSize the largest request body of an import */
    public record Import(@MinSize("1KB") @DefaultValue("2GB") DataSize maxSize) {
    }

    /**
     * Imports of files that other applications exported.
     *
     * @param maxSize the largest file
     * @param maxUploads how many files may be uploaded to this instance at once
     * @param maxRunning how many imports run on this instance at once; 0 for none, so that other instances run them
     * @param lease another instance goes on with the imports of one that has not renewed for this long
     */
    public record Imports(@MinSize("1KB") @DefaultValue("1GB") DataSize maxSize,
            @Min(1) @Max(1_000) @DefaultValue("8") int maxUploads,
            @Min(0) @Max(100) @DefaultValue("2") int maxRunning,
            @DurationMin(seconds = 1) @DefaultValue("30s") Duration lease) {
    }

    /** @param allowedOrigins the origins whose pages may call the API; none by default */
    public record Cors(@DefaultValue List<String> allowedOrigins) {
        public Cors {
            allowedOrigins = List.copyOf(allowedOrigins);
        }
    }

    /** @param minRate the lowest average rate, a second, at which a body may arrive once the server has waited 20 s; 0 for no limit */
    public record Body(@MinSize("0B") @DefaultValue("1KB") DataSize minRate) {
    }

    /**
     * The event streams that may be open at once.
     *
     * @param max if absent, as many as a quarter of the heap can hold
     * @param maxPerOwner if absent, with log-in a quarter of them, and without it all
     */
    public record Streams(Optional<@Min(1) @Max(1_000_000) Integer> max,
            Optional<@Min(1) @Max(1_000_000) Integer> maxPerOwner) {
    }

    /** @param max the connections that may be open at once; if absent, twice as many as event streams */
    public record Connections(Optional<@Min(2) @Max(2_000_000) Integer> max) {
    }

    /** @param deadline all attempts of one call end within this time; an attempt that could not end in time is not started */
    public record Retry(@DurationMin(millis = 1) @DefaultValue("10s") Duration deadline) {
    }

    /** @param sweepEvery how often expired sessions and conversations are removed and turns of crashed instances are failed */
    public record Session(@DurationMin(millis = 1) @DefaultValue("2s") Duration sweepEvery) {
    }

    /**
     * @param timeout the longest run of a turn, from its start or from the approval that continued it
     * @param lease an instance that has not renewed a turn's lease for this long counts as crashed; it renews after a third of this time
     * @param contextTokens how many tokens an assistant is told at most, unless the session says otherwise
     * @param maxRunning how many turns run on this instance at once
     * @param maxRunningPerOwner how many of one owner; if absent, with log-in a quarter of them, and without it all
     */
    public record Turn(@DurationMin(seconds = 1) @DefaultValue("5m") Duration timeout,
            @DurationMin(seconds = 1) @DefaultValue("30s") Duration lease,
            @Min(1) @Max(TokenBudget.MAX) @DefaultValue("32000") int contextTokens,
            @Min(1) @DefaultValue("1000") int maxRunning,
            Optional<@Min(1) Integer> maxRunningPerOwner) {
    }

    /** @param approval the tools that run only after the user has approved the call */
    public record Tools(@DefaultValue("search_conversations") Set<String> approval) {
        public Tools {
            approval = Set.copyOf(approval);
        }
    }

    /** The assistant that answers. */
    public record Assistant(@NotNull @DefaultValue("offline") Provider provider, @Valid @DefaultValue OpenAi openai) {
        /** The assistants that Confab has. */
        public enum Provider {
            /** Answers by fixed rules, without a network; for trying things out. */
            OFFLINE,
            /** Any endpoint with OpenAI's chat completions API. */
            OPENAI
        }

        /**
         * An endpoint with OpenAI's chat completions API.
         *
         * @param baseUrl up to and including the version: {@code https://…/v1}
         * @param apiKey empty if the endpoint needs none
         * @param model for sessions that name no model
         * @param connectTimeout the longest wait for the connection
         * @param responseTimeout the longest wait for the first piece of the answer
         * @param idleTimeout the longest wait between two pieces
         */
        public record OpenAi(Optional<URI> baseUrl, Optional<String> apiKey, Optional<String> model,
                @DurationMin(millis = 1) @DefaultValue("10s") Duration connectTimeout,
                @DurationMin(millis = 1) @DefaultValue("60s") Duration responseTimeout,
                @DurationMin(millis = 1) @DefaultValue("30s") Duration idleTimeout) {
        }
    }
}
