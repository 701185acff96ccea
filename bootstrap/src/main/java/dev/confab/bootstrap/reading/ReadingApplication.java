package dev.confab.bootstrap.reading;

import dev.confab.application.conversation.ConversationService;
import dev.confab.application.conversation.IdResolver;
import dev.confab.application.conversation.LocalTurns;
import dev.confab.application.conversation.MessageService;
import dev.confab.application.retry.RetryingConversationStore;
import dev.confab.bootstrap.command.CommandContext;
import dev.confab.bootstrap.generator.JugIds;
import dev.confab.bootstrap.metrics.RetryMeter;
import dev.confab.bootstrap.settings.ConfabSettings;
import dev.confab.bootstrap.store.StoreAccess;
import dev.confab.bootstrap.store.StoreOnly;
import dev.confab.bootstrap.store.StoreOwner;
import dev.confab.domain.access.Scope;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.ConversationStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The least of the application that reads conversations: the selected store and the use cases over it. No turn runs here. */
@Configuration(proxyBeanMethods = false)
@Import(StoreOnly.class)
class ReadingApplication {
    private static final InstantSource CLOCK = Clock.tickMillis(ZoneOffset.UTC);

    /** The source for each owner. */
    @FunctionalInterface
    interface Sources {
        ConversationSource of(OwnerId owner);
    }

    @Bean
    Sources sources(ConversationStore store, ConversationReader reader, ConfabSettings settings,
            MeterRegistry registry) {
        var retrying = new RetryingConversationStore(store, settings.retry().deadline(), new RetryMeter(registry));
        var ids = new IdResolver(new JugIds());
        var conversations = new ConversationService(retrying, reader, ids, LocalTurns.NONE, CLOCK);
        var messages = new MessageService(retrying, reader, ids, LocalTurns.NONE, CLOCK);
        return owner -> new StoreSource(conversations, messages, owner);
    }

    /** Opens the store of the settings, and returns the exit status of the action. */
    static int with(CommandContext context, Optional<OwnerId> owner, ToIntFunction<ConversationSource> action) {
        return StoreAccess.orServer(context, ReadingApplication.class, Scope.READ).with(beans -> {
            var sources = beans.getBean(Sources.class);
            return action.applyAsInt(sources.of(StoreOwner.of(owner, beans.getBean(ConfabSettings.class))));
        });
    }
}
