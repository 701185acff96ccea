package dev.confab.adapter.web.api;

import dev.confab.application.retry.RetryListener;
import dev.confab.application.retry.RetryingConversationStore;
import dev.confab.application.service.ConversationService;
import dev.confab.application.service.MessageService;
import dev.confab.application.service.SearchService;
import dev.confab.application.service.TransferService;
import dev.confab.domain.port.Ids;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The API on a real server, over the real use cases and the reference store. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(WebConfiguration.class)
class TestServer {
    static final String ALLOWED_ORIGIN = "https://app.example";
    static final long MAX_IMPORT_BYTES = 10_000_000;

    @Bean
    WebSettings webSettings() {
        byte[] key = "a key for the tests of cursors".getBytes(StandardCharsets.UTF_8);
        return new WebSettings("1.2.3", "reference", Duration.ofSeconds(2), new SecretKeySpec(key, "HmacSHA256"),
                MAX_IMPORT_BYTES, Set.of(ALLOWED_ORIGIN), Duration.ofMillis(300));
    }

    @Bean
    BreakableStore store() {
        return new BreakableStore();
    }

    @Bean
    RetryingConversationStore retrying(BreakableStore store) {
        return new RetryingConversationStore(store, Duration.ofSeconds(10), RetryListener.NONE);
    }

    @Bean
    Ids ids() {
        return new RandomIds();
    }

    @Bean
    ConversationService conversations(RetryingConversationStore retrying, BreakableStore store, Ids ids) {
        return new ConversationService(retrying, store, ids, Clock.systemUTC());
    }

    @Bean
    MessageService messages(RetryingConversationStore retrying, BreakableStore store, Ids ids) {
        return new MessageService(retrying, store, ids, Clock.systemUTC());
    }

    @Bean
    TransferService transfer(RetryingConversationStore retrying, BreakableStore store, Ids ids) {
        return new TransferService(retrying, store, ids, Clock.systemUTC());
    }

    @Bean
    SearchService search(BreakableStore store) {
        return new SearchService(store);
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
