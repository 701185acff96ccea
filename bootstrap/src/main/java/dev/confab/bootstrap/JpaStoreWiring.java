package dev.confab.bootstrap;

import dev.confab.adapter.persistence.jpa.JpaStore;
import dev.confab.adapter.persistence.jpa.JpaStoreSettings;
import dev.confab.adapter.persistence.jpa.database.DatabaseCannotServe;
import dev.confab.bootstrap.metrics.JpaStoreMeters;
import dev.confab.bootstrap.operation.JpaStoreHealth;
import dev.confab.bootstrap.operation.StoreName;
import dev.confab.domain.port.ChangeFeed;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.SessionReader;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The store on PostgreSQL: the only place that knows that it runs. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "confab.persistence", havingValue = "jpa")
@EnableConfigurationProperties(DatabaseSettings.class)
class JpaStoreWiring {

    /** Closing it ends what is under way and lets its connections go. */
    @Bean(destroyMethod = "close")
    JpaStore jpaStore(DatabaseSettings database, ConfabSettings settings, MeterRegistry registry) {
        var meters = new JpaStoreMeters(registry);
        var store = JpaStore.open(storeSettings(database, settings.jpa()), meters);
        meters.watch(store);
        return store;
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
    ChangeFeed changeFeed(JpaStore store) {
        return store.feed();
    }

    /** In {@code /actuator/health} as {@code store}. */
    @Bean
    HealthIndicator storeHealthIndicator(JpaStore store) {
        return new JpaStoreHealth(store);
    }

    @Bean
    StoreName storeName(JpaStore store) {
        return new StoreName("jpa", "rows of PostgreSQL at " + store.address());
    }

    @Bean
    CursorSecret cursorSecret(JpaStore store) {
        return new CursorSecret(store.secret());
    }

    private static JpaStoreSettings storeSettings(DatabaseSettings database, ConfabSettings.Jpa jpa) {
        var url = database.url().filter(text -> !text.isBlank()).orElseThrow(() -> new DatabaseCannotServe(
                "confab.persistence is jpa, and spring.datasource.url, which would name the database, is not set."));
        return new JpaStoreSettings(url, database.username().orElse(""), database.password().orElse(""),
                jpa.writeConnections(), jpa.readConnections(), jpa.lockTimeout(), jpa.statementTimeout(),
                jpa.rememberedHeads(), jpa.notifyEvery(), jpa.pollEvery());
    }
}
