package dev.confab.bootstrap.archive;

import dev.confab.application.Archives;
import dev.confab.application.Archives.Backups;
import dev.confab.application.archive.ArchiveService;
import dev.confab.application.retry.RetryingConversationStore;
import dev.confab.bootstrap.metrics.RetryMeter;
import dev.confab.bootstrap.metrics.StoreCalls;
import dev.confab.bootstrap.settings.ConfabSettings;
import dev.confab.bootstrap.store.StoreInfo;
import dev.confab.bootstrap.store.archive.ArchiveFormatWiring;
import dev.confab.domain.archive.ArchiveFormat;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.port.StoredConversations;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.ZoneOffset;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Import;

/** The use cases of moving the selected store and of backing it up. */
@Configuration(proxyBeanMethods = false)
@Import(ArchiveFormatWiring.class)
public class ArchiveWiring {

    /** For stores that make none: a database has tools of its own. */
    @Bean
    @Fallback
    Backups noBackups(StoreInfo info) {
        return () -> {
            throw new Backups.Unavailable(
                    "The store " + info.name() + " is backed up with its own tools, such as pg_dump"
                            + " for PostgreSQL.");
        };
    }

    @Bean
    Archives archives(ConversationStore store, StoredConversations stored, ArchiveFormat format, StoreInfo info,
            ConfabSettings settings, StoreCalls calls, MeterRegistry registry) {
        var retrying = new RetryingConversationStore(calls.timed(ConversationStore.class, store),
                settings.retry().deadline(), new RetryMeter(registry));
        return new ArchiveService(retrying, calls.timed(StoredConversations.class, stored), format, info.name(),
                Clock.tickMillis(ZoneOffset.UTC));
    }
}
