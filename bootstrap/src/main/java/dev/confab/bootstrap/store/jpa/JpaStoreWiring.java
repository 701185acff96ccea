package dev.confab.bootstrap.store.jpa;

import dev.confab.adapter.persistence.jpa.JpaStore;
import dev.confab.adapter.persistence.jpa.JpaStoreSettings;
import dev.confab.adapter.persistence.jpa.OwnerRows;
import dev.confab.adapter.persistence.jpa.database.DatabaseCannotServe;
import dev.confab.bootstrap.failure.CannotStart;
import dev.confab.bootstrap.failure.ExitStatus;
import dev.confab.bootstrap.store.ErasureCheck;
import dev.confab.bootstrap.store.StoreInfo;
import dev.confab.bootstrap.store.StoreWiring;
import dev.confab.domain.port.ApiKeyStore;
import dev.confab.domain.port.ChangeFeed;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.ImportJobStore;
import dev.confab.domain.port.SessionReader;
import dev.confab.domain.port.StoredConversations;
import dev.confab.domain.port.UsageReader;
import dev.confab.domain.port.WebhookStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The store on PostgreSQL. */
@StoreWiring("jpa")
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(JpaStoreProperties.class)
class JpaStoreWiring {
    private static final String ACTION = "Name a PostgreSQL database that Confab can use: "
            + "--spring.datasource.url=jdbc:postgresql://<host>/<database>, with spring.datasource.username and "
            + "spring.datasource.password. Or start on files: --confab.persistence=file.";

    /** Closing it completes the commits under way and closes its connections. */
    @Bean(destroyMethod = "close")
    JpaStore jpaStore(Environment environment, JpaStoreProperties properties, MeterRegistry registry) {
        var meters = new JpaStoreMeters(registry);
        try {
            var store = JpaStore.open(storeSettings(environment, properties), properties.startTimeout(), meters);
            meters.watch(store);
            return store;
        } catch (DatabaseCannotServe e) {
            throw new CannotStart(e, ACTION, ExitStatus.UNAVAILABLE);
        }
    }

    @Bean
    ApiKeyStore apiKeyStore(JpaStore store) {
        return store.keys();
    }

    @Bean
    WebhookStore webhookStore(JpaStore store) {
        return store.webhooks();
    }

    @Bean
    ImportJobStore importJobStore(JpaStore store) {
        return store.importJobs();
    }

    @Bean
    ConversationReader conversationReader(JpaStore store) {
        return store.reader();
    }

    @Bean
    SessionReader sessionReader(JpaStore store) {
        return store.sessions();
    }

    @Bean
    UsageReader usageReader(JpaStore store) {
        return store.usages();
    }

    @Bean
    StoredConversations storedConversations(JpaStore store) {
        return store.stored();
    }

    @Bean
    ChangeFeed changeFeed(JpaStore store) {
        return store.feed();
    }

    /** In {@code /actuator/health} as {@code store}. */
    @Bean
    HealthIndicator storeHealthIndicator(JpaStore store) {
        return new JpaStoreHealth(store);
    }

    @Bean
    ErasureCheck erasureCheck(Environment environment, JpaStoreProperties properties) {
        return owner -> {
            try {
                return new ErasureCheck.Result(OwnerRows.of(owner, storeSettings(environment, properties)), List.of());
            } catch (DatabaseCannotServe e) {
                throw new CannotStart(e, ACTION, ExitStatus.UNAVAILABLE);
            }
        };
    }

    /** The secret is a random row that was created with the schema; a person who can read it can read every conversation anyway. */
    @Bean
    StoreInfo storeInfo(JpaStore store) {
        return new StoreInfo("jpa", "the PostgreSQL database " + store.address(), store.secret());
    }

    /** The database, by Spring Boot's standard properties. Absent values are those in the URL. */
    private static JpaStoreSettings storeSettings(Environment environment, JpaStoreProperties properties) {
        String url = environment.getProperty("spring.datasource.url", "");
        if (url.isBlank()) {
            throw new CannotStart(
                    "confab.persistence is jpa, but spring.datasource.url, which names the database, is not set.",
                    ACTION);
        }
        return new JpaStoreSettings(url, environment.getProperty("spring.datasource.username", ""),
                environment.getProperty("spring.datasource.password", ""), properties.writeConnections(),
                properties.readConnections(), properties.lockTimeout(), properties.statementTimeout(),
                properties.rememberedHeads(), properties.notifyEvery(), properties.pollEvery());
    }
}
