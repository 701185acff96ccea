package dev.confab.adapter.web.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.application.Conversations;
import dev.confab.application.RequestedId;
import dev.confab.application.conversation.ConversationService;
import dev.confab.application.conversation.IdResolver;
import dev.confab.application.conversation.LocalTurns;
import dev.confab.application.retry.RetryListener;
import dev.confab.application.retry.RetryingConversationStore;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Precondition;
import dev.confab.domain.port.ChangeFeed;
import dev.confab.domain.port.Ids;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;

class OwnerStreamTest {
    private static final OwnerId OWNER = new OwnerId("local");
    /** As many as may wait for a slow client. */
    private static final int MAX_WAITING = 10_000;

    private final AtomicReference<Runnable> afterNextFind = new AtomicReference<>(() -> {
    });
    private final ReferenceStore store = new ReferenceStore() {
        @Override
        public Optional<Conversation> find(ConversationId id, Instant now) {
            Optional<Conversation> found = super.find(id, now);
            afterNextFind.getAndSet(() -> {
            }).run();
            return found;
        }
    };
    private final Conversations conversations = new ConversationService(
            new RetryingConversationStore(store, Duration.ofSeconds(10), RetryListener.NONE),
            store, new IdResolver(new RandomIds()), LocalTurns.NONE, Clock.tickMillis(ZoneOffset.UTC));
    private final AtomicReference<ChangeFeed.Listener> listener = new AtomicReference<>();
    private final AtomicInteger wakes = new AtomicInteger();
    private final MockHttpServletResponse response = new MockHttpServletResponse();
    private final OwnerStream stream = new OwnerStream(subscribed -> {
        listener.set(subscribed);
        return () -> {
        };
    }, conversations, OWNER);

    @Test
    void a_change_made_while_the_one_before_is_read_is_reported_too() throws IOException {
        Conversation conversation = conversations.create(OWNER, new Conversations.Creation(new RequestedId.Unnamed(),
                Optional.empty(), Metadata.EMPTY, List.of())).value();
        try (var _ = stream.watch(wakes::incrementAndGet)) {
            hint(conversation.id());
            afterNextFind.set(() -> {
                conversations.delete(OWNER, conversation.id(), new Precondition.None());
                hint(conversation.id());
            });
            EventWriter writer = EventWriter.open(response);

            assertThat(stream.writeNews(writer)).isTrue();
            assertThat(wakes).hasValue(2);
            assertThat(stream.writeNews(writer)).isTrue();
        }
        assertThat(response.getContentAsString()).contains("\"version\":1,\"deleted\":false",
                "\"version\":2,\"deleted\":true");
    }

    @Test
    void a_client_that_lets_10_000_conversations_wait_gets_all_of_them() throws IOException {
        try (var _ = stream.watch(wakes::incrementAndGet)) {
            for (int i = 0; i < MAX_WAITING; i++) {
                hint(new ConversationId(UUID.randomUUID()));
            }

            assertThat(stream.writeNews(EventWriter.open(response))).isTrue();
        }
        assertThat(response.getContentAsString().split("event: conversation", -1)).hasSize(MAX_WAITING + 1);
    }

    @Test
    void a_client_that_lets_one_more_wait_is_disconnected() throws IOException {
        EventWriter writer = EventWriter.open(response);
        try (var _ = stream.watch(wakes::incrementAndGet)) {
            for (int i = 0; i < 2 * MAX_WAITING; i++) {
                hint(new ConversationId(UUID.randomUUID()));
                if (i == MAX_WAITING) {
                    assertThatThrownBy(() -> stream.writeNews(writer)).isInstanceOf(IOException.class);
                }
            }
        }
        assertThat(wakes).as("what waits is bounded").hasValue(MAX_WAITING + 1);
        assertThat(response.getContentAsString()).doesNotContain("event: conversation");
    }

    private static final class RandomIds implements Ids {
        @Override
        public UUID next() {
            return UUID.randomUUID();
        }

        @Override
        public UUID named(UUID namespace, String name) {
            throw new UnsupportedOperationException("no test names an id");
        }
    }

    private void hint(ConversationId id) {
        listener.get().changed(new ChangeFeed.Hint(id, OWNER, 1));
    }
}
