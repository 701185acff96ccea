package dev.confab.domain.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.erasure.Erased;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.port.ConversationTransaction;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ErasureTest {
    private final Map<ConversationId, PlainModel> conversations = new LinkedHashMap<>();
    private final ConversationStore store = new ConversationStore() {
        @Override
        public FencingToken token(OwnerId owner) {
            return new FencingToken(owner, 0);
        }

        @Override
        public <R> R transact(ConversationId id, Function<ConversationTransaction, R> work) {
            PlainModel stored = conversations.getOrDefault(id, PlainModel.EMPTY);
            var outcome = UnitOfWork.run(id, stored, work);
            outcome.change().ifPresent(change -> conversations.put(id, stored.after(change)));
            return outcome.result();
        }
    };

    @Test
    void every_page_of_the_owners_conversations_is_purged() {
        create(250);

        assertThat(Erasure.erase(RandomDecisions.OWNER, store, this::present)).isEqualTo(new Erased(250, 0, 0, 0, 0));
        assertThat(present(1)).isEmpty();
    }

    @Test
    void conversations_that_have_another_owner_meanwhile_stay_and_do_not_keep_the_loop_running() {
        create(2);

        assertThat(Erasure.erase(new OwnerId("another"), store, this::present)).isEqualTo(Erased.NOTHING);
        assertThat(present(3)).hasSize(2);
    }

    private void create(int count) {
        for (int i = 1; i <= count; i++) {
            var id = new ConversationId(new UUID(1, i));
            store.transact(id, tx -> {
                tx.record(Conversation.start(id, RandomDecisions.OWNER, Optional.empty(), Metadata.EMPTY,
                        new Digest("0".repeat(64)), Instant.EPOCH));
                return id;
            });
        }
    }

    private List<ConversationId> present(int limit) {
        return conversations.entrySet().stream().filter(entry -> entry.getValue().head().isPresent())
                .map(Map.Entry::getKey).limit(limit).toList();
    }
}
