package dev.confab.bootstrap.store.tiny;

import dev.confab.adapter.persistence.contract.reference.ReferenceApiKeyStore;
import dev.confab.adapter.persistence.contract.reference.ReferenceImportJobStore;
import dev.confab.adapter.persistence.contract.reference.ReferenceStorage;
import dev.confab.adapter.persistence.contract.reference.ReferenceWebhookStore;
import dev.confab.adapter.persistence.tiny.TinyStore;
import dev.confab.bootstrap.store.StoreInfo;
import dev.confab.bootstrap.store.StoreWiring;
import dev.confab.domain.port.ApiKeyStore;
import dev.confab.domain.port.ImportJobStore;
import dev.confab.domain.port.StoredConversations;
import dev.confab.domain.port.WebhookStore;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** All that the application needs in order to run on the tiny store. */
@StoreWiring("tiny")
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TinyStoreWiring.Properties.class)
class TinyStoreWiring {

    /** A setting of its own. */
    @ConfigurationProperties("confab.tiny")
    record Properties(Path log) {
    }

    @Bean
    TinyStore tinyStore(Properties properties) {
        return new TinyStore(properties.log());
    }

    @Bean
    StoredConversations storedConversations(TinyStore store) {
        return store.stored();
    }

    @Bean
    ApiKeyStore apiKeyStore() {
        return new ReferenceApiKeyStore();
    }

    @Bean
    WebhookStore webhookStore() {
        return new ReferenceWebhookStore(new ReferenceStorage(), WebhookStore.MAX_WEBHOOKS);
    }

    @Bean
    ImportJobStore importJobStore() {
        return new ReferenceImportJobStore(new ReferenceStorage(), ImportJobStore.MAX_UNFINISHED);
    }

    @Bean
    HealthIndicator storeHealthIndicator() {
        return () -> Health.up().withDetail("store", "tiny").build();
    }

    @Bean
    StoreInfo storeInfo() {
        return new StoreInfo("tiny", "memory", "a secret");
    }
}
