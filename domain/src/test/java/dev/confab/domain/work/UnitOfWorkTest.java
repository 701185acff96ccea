package dev.confab.domain.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent.ConversationTruncated;
import dev.confab.domain.conversation.ConversationEvent.MessageAppended;
import dev.confab.domain.conversation.ConversationEvent.MessageEdited;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.port.TransactionTooLarge;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class UnitOfWorkTest {
    private static final ConversationId ID = RandomDecisions.ID;
    private static final Instant NOW = Instant.ofEpochMilli(1_000);
    /** Version 4, with messages 1, 2 and 3. */
    private final PlainModel stored = conversation(3);

    @Test
    void a_function_that_records_no_events_changes_nothing() {
        var outcome = UnitOfWork.run(ID, stored, tx -> "result");

        assertThat(outcome.result()).isEqualTo("result");
        assertThat(outcome.change()).isEmpty();
    }

    @Test
    void the_exception_of_a_transaction_function_passes_through_unchanged_S1() {
        var thrown = new IllegalCallerException("mine");

        assertThatThrownBy(() -> UnitOfWork.run(ID, stored, tx -> {
            throw thrown;
        })).isSameAs(thrown);
        UnitOfWork.requireOutsideTransaction();
    }

    @Test
    void the_id_of_a_truncated_message_is_free_in_the_same_transaction_S10() {
        var change = UnitOfWork.run(ID, stored, tx -> {
            tx.record(tx.conversation().clear(NOW).orElseThrow());
            assertThat(tx.message(id(1))).isEmpty();
            tx.record(append(tx, 1));
            tx.record(append(tx, 2));
            tx.record(tx.conversation().truncateAfter(tx.messageAt(1).orElseThrow(), NOW).orElseThrow());
            assertThat(tx.message(id(2))).isEmpty();
            return true;
        }).change().orElseThrow();

        assertThat(change.keptCount()).isZero();
        assertThat(change.appended()).extracting(Message::id).containsExactly(id(1));
    }

    @Test
    void a_deleted_conversation_is_found_but_not_live_and_its_messages_are_read() {
        UnitOfWork.run(ID, stored, tx -> {
            tx.record(tx.conversation().delete(NOW).orElseThrow());
            assertThat(tx.find()).isPresent();
            assertThat(tx.message(id(1))).isPresent();
            assertThatThrownBy(tx::conversation).isInstanceOf(ConversationNotFound.class);
            return true;
        });
    }

    @Nested
    class Misuse {
        @Test
        void after_its_end_a_transaction_is_refused_S12() {
            var kept = new AtomicReference<ConversationTransaction>();
            UnitOfWork.run(ID, stored, tx -> {
                kept.set(tx);
                return true;
            });

            refusesAll(kept.get());
        }

        @Test
        void after_a_throw_too_S12() {
            var kept = new AtomicReference<ConversationTransaction>();
            assertThatThrownBy(() -> UnitOfWork.run(ID, stored, tx -> {
                kept.set(tx);
                throw new IllegalCallerException();
            })).isInstanceOf(IllegalCallerException.class);

            refusesAll(kept.get());
        }

        @Test
        void from_another_thread_a_transaction_is_refused_S12() {
            UnitOfWork.run(ID, stored, tx -> {
                CompletableFuture.runAsync(() -> refusesAll(tx), Executors.newVirtualThreadPerTaskExecutor()).join();
                return true;
            });
        }

        @Test
        void a_transaction_or_a_read_inside_a_transaction_function_is_refused_S12() {
            UnitOfWork.run(ID, stored, tx -> {
                assertThatThrownBy(() -> UnitOfWork.run(ID, stored, inner -> true))
                        .isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(UnitOfWork::requireOutsideTransaction).isInstanceOf(IllegalStateException.class);
                return tx.find();
            });
            UnitOfWork.requireOutsideTransaction();
        }

        @Test
        void another_thread_may_use_the_store_while_a_transaction_function_runs() {
            UnitOfWork.run(ID, stored, tx -> CompletableFuture.runAsync(UnitOfWork::requireOutsideTransaction).join());
        }

        private void refusesAll(ConversationTransaction tx) {
            List<Consumer<ConversationTransaction>> uses = List.of(ConversationTransaction::find,
                    ConversationTransaction::conversation, any -> any.message(id(1)), any -> any.messageAt(1),
                    any -> any.record(stored.head().orElseThrow().delete(NOW).orElseThrow()));
            assertThat(uses).allSatisfy(
                    use -> assertThatThrownBy(() -> use.accept(tx)).isInstanceOf(IllegalStateException.class));
        }
    }

    @Nested
    class Refuses {
        private final Conversation head = stored.head().orElseThrow();

        @Test
        void an_event_of_another_conversation_S12() {
            refuses(tx -> tx.record(Conversation.start(new ConversationId(new UUID(9, 9)), RandomDecisions.OWNER,
                    Optional.empty(), Metadata.EMPTY, digest(), NOW)));
        }

        @Test
        void a_second_beginning_and_a_missing_one() {
            refuses(tx -> tx.record(
                    Conversation.start(ID, RandomDecisions.OWNER, Optional.empty(), Metadata.EMPTY, digest(), NOW)));
            assertThatThrownBy(() -> UnitOfWork.run(ID, PlainModel.EMPTY, tx -> {
                tx.record(head.delete(NOW).orElseThrow());
                return true;
            })).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void a_version_that_is_not_the_next() {
            var event = head.delete(NOW).orElseThrow();
            refuses(tx -> {
                tx.record(head.rename(Optional.of(new Title("t")), NOW).orElseThrow());
                tx.record(event);
            });
        }

        @Test
        void a_change_of_a_deleted_conversation_and_a_purge_or_restore_of_a_live_one_S13() {
            refuses(tx -> {
                var deleted = head.delete(NOW).orElseThrow();
                tx.record(deleted);
                tx.record(new ConversationTruncated(ID, deleted.version().next(), NOW, 0));
            });
            var inBin = head.apply(head.delete(NOW).orElseThrow()).orElseThrow();
            var bin = new PlainModel(Optional.of(inBin), stored.messages(), stored.activity());
            assertThatThrownBy(() -> UnitOfWork.run(ID, stored, tx -> {
                tx.record(inBin.purge(NOW));
                return true;
            })).isInstanceOf(IllegalArgumentException.class);
            assertThat(UnitOfWork.run(ID, bin, tx -> {
                tx.record(inBin.purge(NOW));
                return tx.find();
            }).result()).isEmpty();
        }

        @Test
        void a_time_before_the_last() {
            refuses(tx -> tx.record(new ConversationTruncated(ID, head.version().next(), NOW.minusMillis(1), 0)));
        }

        @Test
        void a_message_not_at_the_end_or_with_an_id_that_is_taken() {
            refuses(tx -> tx.record(new MessageAppended(ID, message(5, 9, 5))));
            refuses(tx -> tx.record(new MessageAppended(ID, message(4, 1, 5))));
            refuses(tx -> {
                tx.record(append(tx, 9));
                tx.record(append(tx, 9));
            });
        }

        @Test
        void an_edit_of_a_message_that_is_not_there() {
            refuses(tx -> tx.record(new MessageEdited(ID, NOW, message(4, 1, 5))));
            refuses(tx -> tx.record(new MessageEdited(ID, NOW, message(2, 1, 5))));
        }

        @Test
        void a_truncation_to_more_than_there_is_or_less_than_nothing() {
            refuses(tx -> tx.record(new ConversationTruncated(ID, new Version(5), NOW, 4)));
            refuses(tx -> tx.record(new ConversationTruncated(ID, new Version(5), NOW, -1)));
        }

        /** And leaves what was recorded before as it was. */
        private void refuses(Consumer<ConversationTransaction> work) {
            assertThatThrownBy(() -> UnitOfWork.run(ID, stored, tx -> {
                work.accept(tx);
                return true;
            })).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    class Bounds {
        @Test
        void at_most_1001_events() {
            assertThat(UnitOfWork.run(ID, stored, tx -> appendMany(tx, 1_001)).change().orElseThrow().events())
                    .hasSize(1_001);
            assertThatThrownBy(() -> UnitOfWork.run(ID, stored, tx -> appendMany(tx, 1_002)))
                    .isInstanceOf(TransactionTooLarge.class);
        }

        @Test
        void at_most_16_MiB_of_recorded_messages_to_the_byte() {
            String mib = "x".repeat(Message.MAX_TEXT_BYTES);
            int rest = 16 * 1024 * 1024 - 15 * (Message.MAX_TEXT_BYTES + 256) - 256;

            UnitOfWork.run(ID, stored, tx -> {
                IntStream.range(0, 15).forEach(i -> tx.record(append(tx, 100 + i, mib)));
                tx.record(append(tx, 200, "x".repeat(rest)));
                return true;
            });
            assertThatThrownBy(() -> UnitOfWork.run(ID, stored, tx -> {
                IntStream.range(0, 15).forEach(i -> tx.record(append(tx, 100 + i, mib)));
                tx.record(append(tx, 200, "x".repeat(rest + 1)));
                return true;
            })).isInstanceOf(TransactionTooLarge.class);
        }

        @Test
        void a_transaction_function_that_catches_it_still_commits_nothing() {
            assertThatThrownBy(() -> UnitOfWork.run(ID, stored, tx -> {
                assertThatThrownBy(() -> appendMany(tx, 1_002)).isInstanceOf(TransactionTooLarge.class);
                return true;
            })).isInstanceOf(TransactionTooLarge.class);
        }

        @Test
        void edits_weigh_too() {
            String mib = "x".repeat(Message.MAX_TEXT_BYTES);

            assertThatThrownBy(() -> UnitOfWork.run(ID, stored, tx -> {
                for (int i = 0; i < 16; i++) {
                    var message = tx.messageAt(1 + i % 3).orElseThrow();
                    tx.record(tx.conversation().edit(message, i + mib.substring(2), Optional.empty(),
                            Metadata.EMPTY, NOW).orElseThrow());
                }
                return true;
            })).isInstanceOf(TransactionTooLarge.class);
        }

        @Test
        void a_beginning_has_at_most_10_000_messages_and_32_MiB() {
            assertThat(beginWith(10_000, 0)).isEqualTo(10_000);
            assertThatThrownBy(() -> beginWith(10_001, 0)).isInstanceOf(TransactionTooLarge.class);
            assertThat(beginWith(31, Message.MAX_TEXT_BYTES)).isEqualTo(31);
            assertThatThrownBy(() -> beginWith(32, Message.MAX_TEXT_BYTES)).isInstanceOf(TransactionTooLarge.class);
        }

        private int beginWith(int count, int size) {
            String text = "x".repeat(size);
            List<Message> messages = IntStream.rangeClosed(1, count).mapToObj(i -> new Message(id(i), i, Role.USER,
                    text, Optional.empty(), Metadata.EMPTY, NOW, Optional.empty(), Version.FIRST, digest())).toList();
            Conversation imported = new Conversation(ID, RandomDecisions.OWNER, Optional.empty(), Metadata.EMPTY,
                    new Version(20_000), count, NOW, NOW, Optional.empty(), Optional.empty(), Optional.empty(),
                    digest());
            return UnitOfWork.run(ID, PlainModel.EMPTY, tx -> {
                tx.record(Conversation.importing(imported, messages, NOW));
                return tx.conversation().messageCount();
            }).result();
        }
    }

    private static boolean appendMany(ConversationTransaction tx, int count) {
        for (int i = 0; i < count; i++) {
            tx.record(append(tx, 1_000 + i));
        }
        return true;
    }

    private static PlainModel conversation(int messages) {
        PlainModel model = PlainModel.EMPTY
                .after(Conversation.start(ID, RandomDecisions.OWNER, Optional.empty(), Metadata.EMPTY, digest(), NOW));
        for (int i = 1; i <= messages; i++) {
            model = model.after(model.head().orElseThrow().append(MessageDraft.of(id(i), Role.USER, "text"), NOW));
        }
        return model;
    }

    private static MessageAppended append(ConversationTransaction tx, int number) {
        return append(tx, number, "text");
    }

    private static MessageAppended append(ConversationTransaction tx, int number, String text) {
        return tx.conversation().append(MessageDraft.of(id(number), Role.USER, text), NOW);
    }

    private static Message message(int position, int number, int version) {
        return new Message(id(number), position, Role.USER, "text", Optional.empty(), Metadata.EMPTY, NOW,
                Optional.of(NOW), new Version(version), digest());
    }

    private static MessageId id(int number) {
        return new MessageId(new UUID(2, number));
    }

    private static Digest digest() {
        return Digest.of("test").build();
    }
}
