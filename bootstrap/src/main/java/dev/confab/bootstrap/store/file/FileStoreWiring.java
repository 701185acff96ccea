package dev.confab.bootstrap.store.file;

import dev.confab.adapter.persistence.file.FileStore;
import dev.confab.adapter.persistence.file.FileStoreCannotOpen;
import dev.confab.adapter.persistence.file.disk.DirectoryInUse;
import dev.confab.adapter.persistence.file.disk.DirectoryRefused;
import dev.confab.adapter.persistence.file.disk.IoReason;
import dev.confab.adapter.persistence.file.erasure.OwnerSearch;
import dev.confab.application.Archives.Backups;
import dev.confab.application.Sessions;
import dev.confab.bootstrap.failure.CannotStart;
import dev.confab.bootstrap.failure.ExitStatus;
import dev.confab.bootstrap.operation.OrphanedTurns;
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
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.AvailabilityState;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.health.application.DiskSpaceHealthIndicator;
import org.springframework.boot.health.application.LivenessStateHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/** The store on JSON files. */
@StoreWiring("file")
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FileStoreProperties.class)
class FileStoreWiring {

    /** Closing it writes a checkpoint and unlocks the directory. */
    @Bean(destroyMethod = "close")
    FileStore fileStore(FileStoreProperties properties, MeterRegistry registry) {
        var meters = new FileStoreMeters(registry);
        try {
            var store = FileStore.open(properties.toStoreSettings(), meters);
            meters.watch(store);
            return store;
        } catch (FileStoreCannotOpen e) {
            throw new CannotStart(e, "Nothing was changed. Do as the message says, or start with another directory: "
                    + "--confab.file.directory=<directory>.", status(e));
        }
    }

    private static ExitStatus status(FileStoreCannotOpen failure) {
        return switch (failure.getCause()) {
            case DirectoryInUse _ -> ExitStatus.TEMPORARY;
            case DirectoryRefused _ -> ExitStatus.DATA;
            case null, default -> ExitStatus.IO;
        };
    }

    @Bean
    ApiKeyStore apiKeyStore(FileStore store) {
        return store.keys();
    }

    @Bean
    WebhookStore webhookStore(FileStore store) {
        return store.webhooks();
    }

    @Bean
    ImportJobStore importJobStore(FileStore store) {
        return store.importJobs();
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
    UsageReader usageReader(FileStore store) {
        return store.usages();
    }

    @Bean
    StoredConversations storedConversations(FileStore store) {
        return store.stored();
    }

    @Bean
    ChangeFeed changeFeed(FileStore store) {
        return store.feed();
    }

    @Bean
    Backups backups(FileStore store, FileStoreProperties properties) {
        return new FileBackups(store, Optional.ofNullable(properties.backupDirectory()), Clock.systemUTC());
    }

    /** The directory is locked, so no other process can run these turns. */
    @Bean
    OrphanedTurns orphanedTurns(Sessions sessions) {
        return new OrphanedTurns(sessions);
    }

    /** In {@code /actuator/health} as {@code store}. */
    @Bean
    HealthIndicator storeHealthIndicator(FileStore store) {
        return new FileStoreHealth(store);
    }

    /** Liveness fails when an Error has ended one of the store's threads. The name replaces Spring Boot's own indicator. */
    @Bean
    HealthIndicator livenessStateHealthIndicator(ApplicationAvailability availability, FileStore store) {
        return new LivenessStateHealthIndicator(availability) {
            @Override
            protected AvailabilityState getState(ApplicationAvailability application) {
                return store.health().fatal().isPresent() ? LivenessState.BROKEN : super.getState(application);
            }
        };
    }

    /** In {@code /actuator/health} as {@code diskSpace}: DOWN when less than 10 MB are left for the files. */
    @Bean
    HealthIndicator diskSpaceHealthIndicator(FileStoreProperties properties) {
        return new DiskSpaceHealthIndicator(properties.directory().toFile(), DataSize.ofMegabytes(10));
    }

    @Bean
    ErasureCheck erasureCheck(FileStoreProperties properties) {
        return owner -> {
            try (var search = new OwnerSearch(properties.directory())) {
                OwnerSearch.Result result = search.search(owner);
                return new ErasureCheck.Result(result.found(), result.unattributed());
            } catch (DirectoryInUse e) {
                throw new CannotStart(e, "Stop the server first.", ExitStatus.TEMPORARY);
            } catch (DirectoryRefused e) {
                throw new CannotStart(e, "", ExitStatus.DATA);
            } catch (IOException e) {
                throw new CannotStart("The data directory " + properties.directory() + " cannot be read: "
                        + IoReason.of(e) + ".", "", ExitStatus.IO, e);
            }
        };
    }

    /**
     * The key of the cursors follows from the directory, and is no secret. A cursor that somebody else signed gives away nothing: it only
     * says where a page begins, and every page is of the caller's own conversations.
     */
    @Bean
    StoreInfo storeInfo(FileStoreProperties properties) {
        var directory = properties.directory().toAbsolutePath().normalize();
        return new StoreInfo("file", "the directory " + directory, "confab files in " + directory);
    }
}
