package dev.confab.adapter.web;

import dev.confab.adapter.persistence.contract.reference.ReferenceImportJobStore;
import dev.confab.adapter.web.settings.UploadSettings;
import dev.confab.application.ImportJobs;
import dev.confab.application.chatimport.ChatImportService;
import dev.confab.application.chatimport.job.ImportJobService;
import dev.confab.application.chatimport.job.ImportWorker;
import dev.confab.domain.port.ImportJobStore;
import dev.confab.adapter.persistence.contract.reference.ReferenceStorage;
import dev.confab.adapter.persistence.contract.reference.ReferenceWebhookStore;
import dev.confab.adapter.web.ui.StoreStatus;
import dev.confab.application.ApiKeys;
import dev.confab.application.Archives;
import dev.confab.application.Archives.Backups;
import dev.confab.application.Erasures;
import dev.confab.application.Statistics;
import dev.confab.application.TurnEvents;
import dev.confab.application.Usages;
import dev.confab.application.Webhooks;
import dev.confab.application.access.ApiKeyService;
import dev.confab.application.archive.ArchiveService;
import dev.confab.application.conversation.ConversationService;
import dev.confab.application.conversation.IdResolver;
import dev.confab.application.conversation.MessageService;
import dev.confab.application.conversation.TransferService;
import dev.confab.application.erasure.ErasureService;
import dev.confab.application.quota.QuotaStore;
import dev.confab.application.retry.RetryListener;
import dev.confab.application.retry.RetryingConversationStore;
import dev.confab.application.session.SessionService;
import dev.confab.application.statistics.StatisticsService;
import dev.confab.application.turn.TurnService;
import dev.confab.application.turn.run.TurnRunner;
import dev.confab.application.turn.run.TurnSettings;
import dev.confab.application.webhook.WebhookService;
import dev.confab.domain.archive.MessageSpool;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.Assistant.ToolDescription;
import dev.confab.domain.port.Ids;
import dev.confab.domain.port.Tool;
import dev.confab.domain.port.WebhookStore;
import dev.confab.domain.session.Session.TokenBudget;
import dev.confab.domain.statistics.MediaFinder;
import dev.confab.domain.statistics.StopWords;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
/** The real use cases over the reference store. */
class TestUseCases {
    /** A tool that a person must approve of. */
    static final String DANGEROUS_TOOL = "dangerous";
    static final String HARMLESS_TOOL = "harmless";

    @Bean
    BreakableStore store() {
        return new BreakableStore();
    }

    @Bean
    RetryingConversationStore retrying(BreakableStore store) {
        return new RetryingConversationStore(new QuotaStore(store, store, System::nanoTime), Duration.ofSeconds(10),
                RetryListener.NONE);
    }

    @Bean
    TestClock clock() {
        return new TestClock();
    }

    @Bean
    IdResolver ids() {
        return new IdResolver(new RandomIds());
    }

    @Bean
    ConversationService conversations(RetryingConversationStore retrying, BreakableStore store, IdResolver ids,
            TurnRunner runner, TestClock clock) {
        return new ConversationService(retrying, store, ids, runner, clock);
    }

    @Bean
    MessageService messages(RetryingConversationStore retrying, BreakableStore store, IdResolver ids,
            TurnRunner runner, TestClock clock) {
        return new MessageService(retrying, store, ids, runner, clock);
    }

    @Bean
    TransferService transfer(RetryingConversationStore retrying, BreakableStore store, IdResolver ids,
            TestClock clock) {
        return new TransferService(retrying, store, ids, clock);
    }

    @Bean
    Statistics statistics(ConversationService conversations, TransferService transfer) {
        var stopWords = new StopWords(Map.of("en", List.of("the", "to", "and"), "de", List.of("der", "und")));
        return new StatisticsService(conversations, transfer, new ConcurrentHashMap<>(), stopWords, MediaFinder.NONE);
    }

    @Bean
    SessionService sessions(RetryingConversationStore retrying, BreakableStore store, IdResolver ids,
            TurnRunner runner, TestClock clock) {
        return new SessionService(retrying, store, ids, runner, clock);
    }

    @Bean
    ScriptedAssistant assistant() {
        return new ScriptedAssistant();
    }

    @Bean
    TurnRunner runner(RetryingConversationStore retrying, BreakableStore store,
            ScriptedAssistant assistant, TestClock clock,
            @Value("${test.max-running-turns:1000}") int maxRunning) {
        return new TurnRunner(retrying, store, store, store, assistant, new TestTokenCounter(),
                List.of(new NamedTool(DANGEROUS_TOOL), new NamedTool(HARMLESS_TOOL)), clock,
                new TurnSettings(Duration.ofSeconds(30), Duration.ofMinutes(5), new TokenBudget(32_000), maxRunning,
                        Set.of(DANGEROUS_TOOL)));
    }

    @Bean
    TurnService turns(RetryingConversationStore retrying, BreakableStore store,
            TurnRunner runner, IdResolver ids, TestClock clock) {
        return new TurnService(retrying, store, store, runner, ids, clock);
    }

    @Bean
    Usages usages(BreakableStore store) {
        return store::usage;
    }

    @Bean
    TestApiKeyStore apiKeyStore() {
        return new TestApiKeyStore();
    }

    @Bean
    ApiKeys apiKeys(TestApiKeyStore keys, TestClock clock) {
        return new ApiKeyService(keys, new RandomIds(), TestUseCases::secret, clock);
    }

    @Bean
    ReferenceWebhookStore webhookStore() {
        return new ReferenceWebhookStore(new ReferenceStorage(), WebhookStore.MAX_WEBHOOKS);
    }

    @Bean
    StoreStatus storeStatus() {
        return () -> StoreStatus.State.WORKS;
    }

    @Bean
    MessageSpool messageSpool() {
        return TestMessages::new;
    }

    @Bean
    TestWebhookSender webhookSender() {
        return new TestWebhookSender();
    }

    @Bean
    Webhooks webhooks(WebhookStore store, TestWebhookSender sender, TestClock clock) {
        return new WebhookService(store, sender, new RandomIds(), TestUseCases::secret, clock, () -> {
        });
    }

    @Bean
    Erasures erasures(RetryingConversationStore retrying, BreakableStore store, TestApiKeyStore keys,
            WebhookStore webhooks, ImportJobStore imports, TestClock clock) {
        return new ErasureService(retrying, store, keys, webhooks, imports, new RandomIds(), clock);
    }

    @Bean
    ReferenceImportJobStore importJobStore() {
        return new ReferenceImportJobStore(new ReferenceStorage(), ImportJobStore.MAX_UNFINISHED);
    }

    @Bean
    UploadSettings uploadSettings() {
        return new UploadSettings(TestServer.MAX_UPLOAD_BYTES, 2);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    ImportWorker importWorker(ImportJobStore store, TransferService transfer, MessageService messages,
            IdResolver ids, TestClock clock) {
        return new ImportWorker(store,
                new ChatImportService(new TestChatExports(), transfer, messages, ids, clock), new RandomIds(), clock,
                Duration.ofSeconds(30), 2);
    }

    @Bean
    ImportJobs importJobs(ImportJobStore store, ImportWorker worker, TestClock clock) {
        return new ImportJobService(store, new TestChatExports(), new RandomIds(), clock, worker::wake);
    }

    @Bean
    Archives archives(RetryingConversationStore retrying, BreakableStore store, TestClock clock) {
        return new ArchiveService(retrying, store.stored(), new TestArchiveFormat(), "reference", clock);
    }

    @Bean
    Backups backups() {
        return () -> {
            throw new Backups.Unavailable("The reference store is in memory.");
        };
    }

    /** 43 characters of base64url. */
    private static String secret() {
        return (UUID.randomUUID() + "-" + UUID.randomUUID()).replace("-", "").substring(0, 43);
    }

    @Bean
    TurnEvents turnEvents(TurnRunner runner) {
        return runner.events();
    }

    /** Gives back its arguments. */
    private record NamedTool(String name) implements Tool {
        @Override
        public ToolDescription description() {
            return new ToolDescription(name, "gives back its arguments", "{\"type\":\"object\"}");
        }

        @Override
        public String call(OwnerId owner, String arguments) {
            return arguments;
        }
    }

    private static final class RandomIds implements Ids {
        @Override
        public UUID next() {
            return UUID.randomUUID();
        }

        @Override
        public UUID named(UUID namespace, String name) {
            return UUID.nameUUIDFromBytes((namespace + name).getBytes(StandardCharsets.UTF_8));
        }
    }
}
