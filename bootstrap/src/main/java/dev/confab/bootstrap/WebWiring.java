package dev.confab.bootstrap;

import dev.confab.adapter.web.WebConfiguration;
import dev.confab.adapter.web.event.EventStreams;
import dev.confab.adapter.web.problem.ProblemAdvice;
import dev.confab.adapter.web.server.Draining;
import dev.confab.adapter.web.settings.ConnectionLimits;
import dev.confab.adapter.web.settings.HostSettings;
import dev.confab.adapter.web.settings.UploadSettings;
import dev.confab.adapter.web.settings.WebSettings;
import dev.confab.adapter.web.ui.StoreStatus;
import dev.confab.adapter.web.ui.StoreStatus.State;
import dev.confab.bootstrap.failure.CannotStart;
import dev.confab.bootstrap.settings.ConfabSettings;
import dev.confab.bootstrap.settings.ConfabSettings.Security;
import dev.confab.bootstrap.store.StoreInfo;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties.ForwardHeadersStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The HTTP API over the use cases. */
@Configuration(proxyBeanMethods = false)
@Import({WebConfiguration.class, LogInSelector.class})
class WebWiring {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    @Bean
    WebSettings webSettings(ConfabSettings settings, StoreInfo store, ServerProperties server,
            @Value("${spring.application.version}") String version) {
        return new WebSettings(version, store.name(), RETRY_AFTER, cursorKey(settings, store),
                settings.importing().maxSize().toBytes(), WebSettings.DEFAULT_BODY_BYTES_IN_FLIGHT,
                Set.copyOf(settings.cors().allowedOrigins()),
                WebSettings.DEFAULT_HEARTBEAT, connectionLimits(settings),
                settings.body().minRate().toBytes(), hosts(settings, server),
                OwnerLimits.of(settings, streams(settings)));
    }

    @Bean
    UploadSettings uploadSettings(ConfabSettings settings) {
        return new UploadSettings(settings.imports().maxSize().toBytes(), settings.imports().maxUploads());
    }

    /** As the health check of the store says it, {@code DEGRADED} included. */
    @Bean
    StoreStatus storeStatus(@Qualifier("storeHealthIndicator") HealthIndicator store) {
        return () -> {
            var health = store.health();
            String code = health == null ? "DOWN" : health.getStatus().getCode();
            return switch (code) {
                case "UP" -> State.WORKS;
                case "DEGRADED" -> State.DEGRADED;
                default -> State.DOWN;
            };
        };
    }

    @Bean
    Draining draining(ConfabSettings settings) {
        return new Draining(settings.server().drainTime());
    }

    @Bean
    MeterBinder openEventStreams(EventStreams streams) {
        return registry -> {
            Gauge.builder("confab.event.streams", streams, EventStreams::openStreams)
                    .description("Event streams open now").register(registry);
            FunctionCounter.builder("confab.event.streams.refused", streams, EventStreams::refusedStreams)
                    .description("Event streams refused because too many were open").register(registry);
        };
    }

    /** Requests refused because they were beyond a limit of their owner. */
    @Bean
    MeterBinder requestsBeyondLimits(ProblemAdvice problems) {
        return registry -> ProblemAdvice.LIMITS.forEach(code -> FunctionCounter
                .builder("confab.requests.limited", problems, advice -> advice.refused(code)).tag("code", code.code())
                .description("Requests refused because they were beyond a limit of their owner").register(registry));
    }

    private static int streams(ConfabSettings settings) {
        return settings.streams().max()
                .orElseGet(() -> ConnectionLimits.streamsFor(Runtime.getRuntime().maxMemory()));
    }

    private static ConnectionLimits connectionLimits(ConfabSettings settings) {
        int streams = streams(settings);
        int connections = settings.connections().max().orElse(2 * streams);
        try {
            return new ConnectionLimits(connections, streams);
        } catch (IllegalArgumentException e) {
            throw new CannotStart(e, "Set confab.connections.max higher than confab.streams.max, which is " + streams
                    + ": the difference remains for other requests.");
        }
    }

    private static HostSettings hosts(ConfabSettings settings, ServerProperties server) {
        var strategy = server.getForwardHeadersStrategy();
        if (strategy != null && strategy != ForwardHeadersStrategy.NONE) {
            throw new CannotStart("server.forward-headers-strategy is " + strategy.name().toLowerCase(Locale.ROOT)
                    + ": Confab would believe the X-Forwarded headers of senders that it does not know.",
                    "Remove the setting, and name your reverse proxies in confab.server.trusted-proxies.");
        }
        return new HostSettings(settings.security() != Security.NONE, settings.server().allowedHosts(),
                settings.server().trustedProxies());
    }

    private static SecretKey cursorKey(ConfabSettings settings, StoreInfo store) {
        var secret = settings.cursorSecret().orElse(store.cursorSecret());
        return new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }
}
