package dev.confab.domain.work;

import static dev.confab.domain.work.UnitOfWorkSamples.ID;
import static dev.confab.domain.work.UnitOfWorkSamples.NOW;
import static dev.confab.domain.work.UnitOfWorkSamples.append;
import static dev.confab.domain.work.UnitOfWorkSamples.conversation;
import static dev.confab.domain.work.UnitOfWorkSamples.digest;
import static dev.confab.domain.work.UnitOfWorkSamples.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent.ConversationTruncated;
import dev.confab.domain.conversation.ConversationEvent.MessageAppended;
import dev.confab.domain.conversation.ConversationEvent.MessageEdited;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.port.ConversationTransaction;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class UnitOfWorkTest {
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
            refuses(tx -> tx.record(new MessageAppended(ID, NOW, message(5, 9, 5))));
            refuses(tx -> tx.record(new MessageAppended(ID, NOW, message(4, 1, 5))));
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

    private static Message message(int position, int number, int version) {
        return new Message(id(number), position, Role.USER, "text", Optional.empty(), Metadata.EMPTY, NOW,
                Optional.of(NOW), new Version(version), digest());
    }
}
