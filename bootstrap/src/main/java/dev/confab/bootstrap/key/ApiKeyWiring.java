package dev.confab.bootstrap.key;

import dev.confab.application.ApiKeys;
import dev.confab.application.access.ApiKeyService;
import dev.confab.bootstrap.generator.JugIds;
import dev.confab.bootstrap.generator.SecureSecrets;
import dev.confab.bootstrap.metrics.StoreCalls;
import dev.confab.domain.port.ApiKeyStore;
import dev.confab.domain.port.Secrets;
import java.time.Clock;
import java.time.ZoneOffset;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The use case of API keys over the selected store. */
@Configuration(proxyBeanMethods = false)
public class ApiKeyWiring {

    @Bean
    Secrets secrets() {
        return new SecureSecrets();
    }

    @Bean
    ApiKeys apiKeys(ApiKeyStore store, Secrets secrets, StoreCalls calls) {
        var timed = calls.timed(ApiKeyStore.class, store);
        return new ApiKeyService(timed, new JugIds(), secrets, Clock.tickMillis(ZoneOffset.UTC));
    }
}
