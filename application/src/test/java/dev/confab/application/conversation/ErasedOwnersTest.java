package dev.confab.application.conversation;

import static dev.confab.application.conversation.World.ANN;
import static dev.confab.application.conversation.World.BEN;
import static dev.confab.application.conversation.World.MADE;
import static dev.confab.application.conversation.World.NONE;
import static dev.confab.application.conversation.World.creation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.reference.ReferenceApiKeyStore;
import dev.confab.adapter.persistence.contract.reference.ReferenceImportJobStore;
import dev.confab.adapter.persistence.contract.reference.ReferenceStorage;
import dev.confab.adapter.persistence.contract.reference.ReferenceWebhookStore;
import dev.confab.adapter.persistence.contract.sample.RandomIds;
import dev.confab.application.Conversations.Fork;
import dev.confab.application.Erasures;
import dev.confab.application.Sessions;
import dev.confab.application.Transfer.OnConflict;
import dev.confab.application.erasure.ErasureService;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.erasure.OwnerErased;
import dev.confab.domain.port.WebhookStore;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.session.Session.Settings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Nothing that was under way when its owner was erased brings anything back. */
class ErasedOwnersTest {
    private final World world = new World();
    private final WebhookStore webhooks = new ReferenceWebhookStore(new ReferenceStorage(), WebhookStore.MAX_WEBHOOKS);
    private final Erasures erasures = new ErasureService(world.reference, world.reference, new ReferenceApiKeyStore(),
            webhooks, new ReferenceImportJobStore(new ReferenceStorage(), 3), new RandomIds(),
            () -> Instant.parse("2026-01-02T03:04:05Z"));

    /** Every way to make a conversation, each as a request with the token; they read nothing before. */
    private List<Consumer<FencingToken>> creations(Conversation source, MessageId last, Collected export) {
        var fork = new Fork(MADE, last, Optional.empty());
        return List.of(token -> world.conversations.create(token, creation(MADE, "late", "text")),
                token -> world.conversations.create(token, creation(World.key("key"), "late", "text")),
                token -> world.conversations.fork(token, source.id(), fork),
                token -> world.transfer.importConversation(token, export.imported(), OnConflict.NEW_ID),
                token -> world.sessions.create(token,
                        new Sessions.Creation(MADE, Optional.empty(), Optional.empty(), Settings.NONE)),
                token -> world.sessions.create(token, new Sessions.Creation(MADE, Optional.of(source.id()),
                        Optional.empty(), Settings.NONE)));
    }

    private List<Consumer<FencingToken>> creations() {
        Conversation source = world.started("one", "two");
        var export = Collected.of(world, ANN, source.id());
        return creations(source, export.messages.getLast().id(), export);
    }

    private List<Conversation> all() {
        var found = new ArrayList<Conversation>();
        for (ListQuery.Sort sort : List.of(ListQuery.Sort.CREATED, ListQuery.Sort.DELETED)) {
            found.addAll(world.conversations.list(ANN, new ListQuery(sort, ListQuery.MAX_LIMIT, Optional.empty()))
                    .items());
        }
        return found;
    }

    @Test
    void every_creation_with_an_older_token_is_refused() {
        for (Consumer<FencingToken> creation : creations()) {
            FencingToken before = erasures.begin(ANN);
            erasures.erase(ANN);

            // A fork, and a session in a conversation, fail because the conversation is gone.
            assertThatThrownBy(() -> creation.accept(before))
                    .isInstanceOfAny(OwnerErased.class, ConversationNotFound.class);
            assertThat(all()).isEmpty();
        }
    }

    @Test
    void a_fork_that_has_read_its_source_is_refused() {
        Conversation source = world.started("one");
        var export = Collected.of(world, ANN, source.id());
        FencingToken before = erasures.begin(ANN);
        erasures.erase(ANN);
        // As if it had read before: the source is there again, by a request of the owner who came back.
        world.transfer.importConversation(ANN, export.imported(), OnConflict.REFUSE);

        var fork = new Fork(MADE, export.messages.getLast().id(), Optional.empty());
        assertThatThrownBy(() -> world.conversations.fork(before, source.id(), fork)).isInstanceOf(OwnerErased.class);
        assertThat(all()).hasSize(1);
    }

    @Test
    void races_of_everything_that_writes_against_an_erasure_leave_nothing() {
        for (int round = 0; round < 10; round++) {
            Conversation source = world.started("one", "two");
            List<Consumer<FencingToken>> creations = creations();
            int threads = creations.size() + 3;
            var together = new CyclicBarrier(threads);
            TestThreads.run(threads, thread -> {
                FencingToken before = erasures.begin(ANN);
                TestThreads.await(together);
                if (thread == 0) {
                    return erasures.erase(ANN).erased().conversations();
                }
                attempt(() -> {
                    if (thread <= creations.size()) {
                        creations.get(thread - 1).accept(before);
                    } else if (thread == creations.size() + 1) {
                        world.messages.append(ANN, source.id(), World.message(MADE, "late"), NONE);
                    } else {
                        world.conversations.delete(ANN, source.id(), NONE);
                        world.conversations.restore(ANN, source.id());
                    }
                });
                return 0;
            });
            assertThat(all()).as("conversations after round %s", round).isEmpty();
            assertThat(world.sessions.current(ANN)).isEmpty();
        }
    }

    @Test
    void the_report_counts_and_a_second_erasure_has_another_number() {
        world.started("one", "two");
        world.conversations.create(BEN, creation(MADE, "of Ben"));

        Erasures.Report first = erasures.erase(ANN);
        Erasures.Report second = erasures.erase(ANN);

        assertThat(first.owner()).isEqualTo(ANN);
        assertThat(first.erased().conversations()).isEqualTo(1);
        assertThat(first.erased().messages()).isEqualTo(2);
        assertThat(second.erased().conversations()).isZero();
        assertThat(second.number()).isNotEqualTo(first.number());
    }

    private static void attempt(Runnable write) {
        try {
            write.run();
        } catch (OwnerErased | ConversationNotFound refused) {
            // Either is right, depending on which came first.
        }
    }
}
