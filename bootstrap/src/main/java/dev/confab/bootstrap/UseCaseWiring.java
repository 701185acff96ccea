package dev.confab.bootstrap;

import dev.confab.application.Conversations;
import dev.confab.application.Erasures;
import dev.confab.application.Messages;
import dev.confab.application.Sessions;
import dev.confab.application.Transfer;
import dev.confab.application.TurnEvents;
import dev.confab.application.Turns;
import dev.confab.application.Usages;
import dev.confab.application.conversation.ConversationService;
import dev.confab.application.conversation.IdResolver;
import dev.confab.application.conversation.MessageService;
import dev.confab.application.conversation.TransferService;
import dev.confab.application.erasure.ErasureService;
import dev.confab.application.quota.QuotaStore;
import dev.confab.application.retry.RetryingConversationStore;
import dev.confab.application.session.SessionService;
import dev.confab.application.turn.TurnService;
import dev.confab.application.turn.run.TurnRunner;
import dev.confab.bootstrap.generator.JugIds;
import dev.confab.bootstrap.metrics.RetryMeter;
import dev.confab.bootstrap.metrics.StoreCalls;
import dev.confab.bootstrap.settings.ConfabSettings;
import dev.confab.bootstrap.store.StoreInfo;
import dev.confab.domain.port.ApiKeyStore;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.port.ImportJobStore;
import dev.confab.domain.port.OwnerEraser;
import dev.confab.domain.port.SessionReader;
import dev.confab.domain.port.UsageReader;
import dev.confab.domain.port.WebhookStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.tracing.Tracer;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The use cases over the selected store. A write passes the retry, then the quotas, then the timing, then the store. */
@Configuration(proxyBeanMethods = false)
class UseCaseWiring {

    /**
     * The store and timers that the use cases run on. One bean together: the beans of the port types are the store without retries and
     * timers.
     *
     * @param clock in whole milliseconds, as the domain requires
     */
    record Ports(RetryingConversationStore store, ConversationReader reader, SessionReader sessions, UsageReader usages,
            IdResolver ids, InstantSource clock) {
    }

    /** There is no tracer when traces are off. */
    @Bean
    StoreCalls storeCalls(MeterRegistry registry, ObjectProvider<Tracer> tracer) {
        return new StoreCalls(registry, tracer.getIfAvailable(() -> Tracer.NOOP));
    }

    @Bean
    Ports ports(ConversationStore store, StoreInfo info, ConversationReader reader, SessionReader sessions,
            UsageReader usages, ConfabSettings settings, StoreCalls calls, MeterRegistry registry) {
        var timedUsages = calls.timed(UsageReader.class, usages);
        var limited = new QuotaStore(calls.timedWithCommits(store, info.name()), timedUsages, System::nanoTime);
        var retrying = new RetryingConversationStore(limited, settings.retry().deadline(), new RetryMeter(registry));
        return new Ports(retrying, calls.timed(ConversationReader.class, reader),
                calls.timed(SessionReader.class, sessions), timedUsages, new IdResolver(new JugIds()),
                Clock.tickMillis(ZoneOffset.UTC));
    }

    @Bean
    Conversations conversations(Ports ports, TurnRunner runner) {
        return new ConversationService(ports.store(), ports.reader(), ports.ids(), runner, ports.clock());
    }

    @Bean
    Messages messages(Ports ports, TurnRunner runner) {
        return new MessageService(ports.store(), ports.reader(), ports.ids(), runner, ports.clock());
    }

    @Bean
    Transfer transfer(Ports ports) {
        return new TransferService(ports.store(), ports.reader(), ports.ids(), ports.clock());
    }

    @Bean
    Sessions sessions(Ports ports, TurnRunner runner) {
        return new SessionService(ports.store(), ports.sessions(), ports.ids(), runner, ports.clock());
    }

    @Bean
    Turns turns(Ports ports, TurnRunner runner) {
        return new TurnService(ports.store(), ports.reader(), ports.sessions(), runner, ports.ids(), ports.clock());
    }

    @Bean
    Erasures erasures(Ports ports, OwnerEraser eraser, ApiKeyStore keys, WebhookStore webhooks,
            ImportJobStore imports) {
        return new ErasureService(ports.store(), eraser, keys, webhooks, imports, new JugIds(), ports.clock());
    }

    @Bean
    Usages usages(Ports ports) {
        return ports.usages()::usage;
    }

    @Bean
    TurnEvents turnEvents(TurnRunner runner) {
        return runner.events();
    }
}
