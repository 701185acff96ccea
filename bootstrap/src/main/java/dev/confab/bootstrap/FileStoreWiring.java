package dev.confab.bootstrap;

import dev.confab.adapter.persistence.file.FileStore;
import dev.confab.adapter.persistence.file.FileStoreSettings;
import dev.confab.bootstrap.metrics.FileStoreMeters;
import dev.confab.bootstrap.operation.FileStoreHealth;
import dev.confab.bootstrap.operation.StoreName;
import dev.confab.domain.port.ChangeFeed;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.SessionReader;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.health.application.DiskSpaceHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/** The store on files: the only place that knows that it runs. Another store is another class like this one. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "confab.persistence", havingValue = "file", matchIfMissing = true)
class FileStoreWiring {

    /** Closing it makes a checkpoint and lets the directory go. */
    @Bean(destroyMethod = "close")
    FileStore fileStore(ConfabSettings settings, MeterRegistry registry) {
        var file = settings.file();
        var meters = new FileStoreMeters(registry);
        var store = FileStore.open(new FileStoreSettings(file.directory(), file.lockTimeout(),
                file.checkpointSize().toBytes(), file.idleCheckpoint(), file.cacheSize().toBytes(), file.salvage()),
                meters);
        meters.watch(store);
        return store;
    }

    @Bean
    ConversationReader conversationReader(FileStore store) {
        return store.reader();
    }

    @Bean
    SessionReader sessionReader(FileStore store) {
        return store.sessions();
    }

    @Bean
    ChangeFeed changeFeed(FileStore store) {
        return store.feed();
    }

    /** In {@code /actuator/health} as {@code store}. */
    @Bean
    HealthIndicator storeHealthIndicator(FileStore store) {
        return new FileStoreHealth(store);
    }

    /** In {@code /actuator/health} as {@code diskSpace}: DOWN when less than 10 MB are left for the files. */
    @Bean
    HealthIndicator diskSpaceHealthIndicator(ConfabSettings settings) {
        return new DiskSpaceHealthIndicator(settings.file().directory().toFile(), DataSize.ofMegabytes(10));
    }

    @Bean
    StoreName storeName(ConfabSettings settings) {
        return new StoreName("file", place(settings));
    }

    /** Tells apart the cursors of two directories; it is no secret, and needs to be none while there is one user. */
    @Bean
    CursorSecret cursorSecret(ConfabSettings settings) {
        return new CursorSecret("confab " + place(settings));
    }

    private static String place(ConfabSettings settings) {
        return "files in " + settings.file().directory().toAbsolutePath().normalize();
    }
}
