package dev.confab.bootstrap;

import dev.confab.adapter.web.WebConfiguration;
import dev.confab.adapter.web.event.EventStreams;
import dev.confab.adapter.web.settings.WebSettings;
import dev.confab.bootstrap.settings.ConfabSettings;
import dev.confab.bootstrap.store.StoreInfo;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The HTTP API over the use cases. */
@Configuration(proxyBeanMethods = false)
@Import(WebConfiguration.class)
class WebWiring {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    @Bean
    WebSettings webSettings(ConfabSettings settings, StoreInfo store,
            @Value("${spring.application.version}") String version) {
        return new WebSettings(version, store.name(), RETRY_AFTER, cursorKey(settings, store),
                settings.importing().maxSize().toBytes(), WebSettings.DEFAULT_BODY_BYTES_IN_FLIGHT,
                Set.copyOf(settings.cors().allowedOrigins()),
                WebSettings.DEFAULT_HEARTBEAT);
    }

    @Bean
    MeterBinder openEventStreams(EventStreams streams) {
        return registry -> Gauge.builder("confab.event.streams", streams, EventStreams::openStreams)
                .description("Event streams open now").register(registry);
    }

    private static SecretKey cursorKey(ConfabSettings settings, StoreInfo store) {
        var secret = settings.cursorSecret().orElse(store.cursorSecret());
        return new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }
}
