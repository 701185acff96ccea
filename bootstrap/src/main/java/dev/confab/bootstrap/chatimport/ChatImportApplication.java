package dev.confab.bootstrap.chatimport;

import dev.confab.adapter.chatexport.ChatExportFiles;
import dev.confab.application.chatimport.ChatImportService;
import dev.confab.application.chatimport.ChatImports;
import dev.confab.application.conversation.IdResolver;
import dev.confab.application.conversation.LocalTurns;
import dev.confab.application.conversation.MessageService;
import dev.confab.application.conversation.TransferService;
import dev.confab.application.retry.RetryingConversationStore;
import dev.confab.bootstrap.generator.JugIds;
import dev.confab.bootstrap.metrics.RetryMeter;
import dev.confab.bootstrap.settings.ConfabSettings;
import dev.confab.bootstrap.store.StoreOnly;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.ConversationStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The least of the application that imports chats: the selected store and the use cases over it. */
@Configuration(proxyBeanMethods = false)
@Import(StoreOnly.class)
class ChatImportApplication {
    static final InstantSource CLOCK = Clock.tickMillis(ZoneOffset.UTC);

    @Bean
    ChatImports chatImports(ConversationStore store, ConversationReader reader, ConfabSettings settings,
            MeterRegistry registry) {
        var retrying = new RetryingConversationStore(store, settings.retry().deadline(), new RetryMeter(registry));
        var ids = new IdResolver(new JugIds());
        return new ChatImportService(new ChatExportFiles(), new TransferService(retrying, reader, ids, CLOCK),
                new MessageService(retrying, reader, ids, LocalTurns.NONE, CLOCK), ids, CLOCK);
    }
}
