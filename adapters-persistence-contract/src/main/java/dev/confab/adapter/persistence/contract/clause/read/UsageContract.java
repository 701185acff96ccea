package dev.confab.adapter.persistence.contract.clause.read;

import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.harness.StoreUnderTest;
import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.query.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** U1 to U3: the usage of an owner. */
public abstract class UsageContract extends ContractTest {

    private Usage usage(OwnerId owner) {
        return db().usages().usage(owner);
    }

    /** The weight of the messages that readers return of these conversations. */
    private Usage read(ConversationId... conversations) {
        Usage sum = Usage.NONE;
        for (ConversationId id : conversations) {
            List<Message> messages = messages(id);
            sum = sum.plus(new Usage(1, messages.size(), messages.stream().mapToLong(Message::weight).sum()));
        }
        return sum;
    }

    private static MessageDraft heavy(String text) {
        return new MessageDraft(Samples.newMessageId(), Role.USER, text, Optional.of("{\"größe\":\"\\u00e4\"}"),
                new Metadata(Map.of("key", "värde")));
    }

    @Test
    void texts_data_and_metadata_of_all_messages_count_and_only_those_of_the_owner_U1() {
        assertThat(usage(ALICE)).isEqualTo(Usage.NONE);
        ConversationId first = start();
        appendAll(first, List.of(heavy("å".repeat(1_000)), heavy("\"\\\n"), draft("")));
        ConversationId second = startWith("one", "two");
        ConversationId bobs = start(BOB);
        store().transact(bobs, Transactions.append(heavy("bob's"), now()));

        nowAndAfterReopening(() -> {
            assertThat(usage(ALICE)).isEqualTo(read(first, second)).extracting(Usage::messages).isEqualTo(5L);
            assertThat(usage(BOB)).isEqualTo(read(bobs));
            assertThat(usage(new OwnerId("nobody"))).isEqualTo(Usage.NONE);
        });
        append(second, "three");
        nowAndAfterReopening(() -> assertThat(usage(ALICE)).isEqualTo(read(first, second)));
    }

    @Test
    void edits_truncations_and_appends_in_one_transaction_count_as_their_result_U1() {
        ConversationId id = startWith("one", "two", "three", "four", "five");
        nowAndAfterReopening(() -> {
            List<Message> before = messages(id);
            store().transact(id, tx -> {
                Message first = before.getFirst();
                tx.record(tx.conversation()
                        .edit(first, first.text() + " longer", Optional.of("{}"), Metadata.EMPTY, now())
                        .orElseThrow());
                tx.record(tx.conversation().truncateAfter(tx.messageAt(before.size() - 2).orElseThrow(), now())
                        .orElseThrow());
                tx.record(tx.conversation().append(heavy("more"), now()));
                Message added = tx.messageAt(before.size() - 1).orElseThrow();
                tx.record(tx.conversation().edit(added, "m", Optional.empty(), Metadata.EMPTY, now()).orElseThrow());
                return true;
            });
            assertThat(usage(ALICE)).isEqualTo(read(id));
            edit(id, messages(id).get(1), "t");
            assertThat(usage(ALICE)).isEqualTo(read(id));
            append(id, "last");
            assertThat(usage(ALICE)).isEqualTo(read(id));
        });
        store().transact(id, Transactions.change(head -> head.clear(now())));
        nowAndAfterReopening(() -> assertThat(usage(ALICE)).isEqualTo(new Usage(1, 0, 0)));
    }

    @Test
    void the_bin_and_expired_conversations_count_until_they_are_purged_U1() {
        ConversationId kept = startWith("kept");
        ConversationId deleted = startWith("deleted");
        Conversation expired = create(Samples.startedUntil(Samples.newConversationId(), Optional.empty(),
                now().plus(Duration.ofSeconds(1))));
        Usage all = read(kept, deleted).plus(new Usage(1, 0, 0));
        delete(deleted);
        assertThat(usage(ALICE)).isEqualTo(all);
        delete(expired.id());
        assertThat(usage(ALICE)).isEqualTo(all);

        purge(deleted);
        purge(expired.id());

        nowAndAfterReopening(() -> assertThat(usage(ALICE)).isEqualTo(read(kept)));
    }

    @Test
    void a_conversation_that_begins_with_messages_or_again_after_a_purge_counts_once_U1() {
        ConversationId id = startWith("one", "two");
        Conversation head = head(id);
        List<Message> messages = messages(id);
        ConversationId imported = create(Samples.imported(Samples.newConversationId(), head, messages)).id();
        assertThat(usage(ALICE)).isEqualTo(read(id, imported));

        delete(id);
        store().transact(id, tx -> {
            tx.record(tx.find().orElseThrow().purge(now()));
            tx.record(Samples.imported(id, head, messages.subList(0, 2)));
            tx.record(tx.conversation().append(heavy("three"), now()));
            return true;
        });

        nowAndAfterReopening(() -> assertThat(usage(ALICE)).isEqualTo(read(id, imported)));
    }

    @Test
    void a_usage_that_is_read_after_a_commit_counts_it_in_every_thread_and_instance_U2() {
        StoreUnderTest other = opened(db().another());
        var written = new ArrayList<ConversationId>();
        for (int n = 0; n < 10; n++) {
            StoreUnderTest writing = n % 2 == 0 ? db() : other;
            StoreUnderTest reading = n % 2 == 0 ? other : db();
            ConversationId id = Samples.newConversationId();
            writing.store().transact(id, Transactions.begin(Samples.started(id)));
            writing.store().transact(id, Transactions.append(draft("text " + n), now()));
            written.add(id);
            Usage expected = read(written.toArray(ConversationId[]::new));
            assertThat(reading.usages().usage(ALICE)).isEqualTo(expected);
            assertThat(TestThreads.get(TestThreads.start(() -> usage(ALICE)), TestThreads.DEADLINE))
                    .isEqualTo(expected);
        }
        db().crash();
        assertThat(usage(ALICE)).isEqualTo(read(written.toArray(ConversationId[]::new)));
    }

    @Test
    void concurrent_appends_and_edits_all_count_U2() {
        ConversationId first = startWith("one");
        ConversationId second = startWith("two");
        Message edited = messages(first).getFirst();
        TestThreads.repeat(8, 10, (thread, n) -> {
            if (thread == 0) {
                edit(first, edited, "x".repeat(n + 1));
            } else {
                append(thread % 2 == 0 ? first : second, "y".repeat(n));
            }
        });

        nowAndAfterReopening(() -> assertThat(usage(ALICE)).isEqualTo(read(first, second)));
    }

    @Test
    void a_transaction_function_cannot_read_a_usage_U3() {
        ConversationId id = start();

        assertRejectedInside(id, () -> usage(ALICE));

        assertThat(usage(ALICE)).isEqualTo(new Usage(1, 0, 0));
    }
}
