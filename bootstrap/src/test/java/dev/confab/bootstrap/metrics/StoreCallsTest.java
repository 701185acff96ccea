package dev.confab.bootstrap.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.port.SessionReader;
import dev.confab.domain.port.StoredConversations;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.tracing.Tracer;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StoreCallsTest {

    /** Dashboards depend on these names: a method that is renamed keeps the name of its series. */
    @Test
    void every_call_has_the_name_of_its_series() {
        assertThat(Stream.of(ConversationStore.class, ConversationReader.class, SessionReader.class,
                StoredConversations.class).flatMap(port -> Arrays.stream(port.getMethods())).map(StoreCalls::name))
                .containsExactlyInAnyOrder("token", "transact", "remove-damaged", "find", "list", "read", "read-one",
                        "changes-since", "search",
                        "deleted-before", "deleted-after", "session", "sessions", "current-session", "turn", "activity",
                        "expired-sessions", "expired-leases", "stored-ids", "stored-read");
    }

    @Test
    void a_call_is_timed_by_its_outcome_and_passes_on_the_result_or_exception_of_the_store() {
        var registry = new SimpleMeterRegistry();
        var calls = new StoreCalls(registry, Tracer.NOOP);
        var reference = new ReferenceStore();
        var store = calls.timed(ConversationStore.class, reference);
        var reader = calls.timed(ConversationReader.class, reference);
        var absent = new ConversationId(new UUID(0, 1));

        assertThat(reader.find(absent, Instant.EPOCH)).isEmpty();
        assertThatThrownBy(() -> store.transact(absent, ConversationTransaction::conversation))
                .isInstanceOf(ConversationNotFound.class);
        assertThatThrownBy(() -> store.transact(absent, tx -> {
            throw new IllegalStateException("broken");
        })).isInstanceOf(IllegalStateException.class).hasMessage("broken");

        assertThat(count(registry, "find", "success")).isOne();
        assertThat(count(registry, "transact", "conversation-not-found")).isOne();
        assertThat(count(registry, "transact", "error")).isOne();
    }

    private static long count(SimpleMeterRegistry registry, String call, String outcome) {
        return registry.get("confab.store.calls").tags("call", call, "outcome", outcome).timer().count();
    }
}
