package dev.confab.adapter.persistence.contract.history;

import static dev.confab.adapter.persistence.contract.history.HistoryBuilder.ID;
import static dev.confab.adapter.persistence.contract.history.HistoryBuilder.NOW;
import static dev.confab.adapter.persistence.contract.history.HistoryBuilder.append;
import static dev.confab.adapter.persistence.contract.history.HistoryBuilder.appending;
import static dev.confab.adapter.persistence.contract.history.HistoryBuilder.head;
import static dev.confab.adapter.persistence.contract.history.HistoryBuilder.messageId;
import static dev.confab.adapter.persistence.contract.history.HistoryBuilder.messages;
import static dev.confab.adapter.persistence.contract.history.HistoryBuilder.reading;
import static dev.confab.adapter.persistence.contract.history.HistoryBuilder.starting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.domain.conversation.ConversationEvent.ConversationDeleted;
import dev.confab.domain.conversation.ConversationEvent.ConversationPurged;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageIdReused;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.conversation.VersionConflict;
import dev.confab.domain.query.Window;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class HistoryCheckerTest {
    private final HistoryBuilder history = new HistoryBuilder().transact(1, 2, starting());

    @Nested
    class Accepts {
        @Test
        void an_empty_history() {
            assertThat(new HistoryBuilder().clauses()).isEmpty();
        }

        @Test
        void sequential_writes_and_reads() {
            history.transact(3, 4, appending(0, 1)).read(5, 6, 1, messages(1)).transact(7, 8, appending(1, 2, 3))
                    .read(9, 10, 3, messages(1, 2, 3)).read(11, 12, new Operation.HeadResponse(Optional.of(head(3))))
                    .read(13, 14, new Operation.ChangesResponse(2, Optional.of(head(3)), messages(2, 3), false));

            assertThat(history.clauses()).isEmpty();
        }

        @Test
        void overlapping_operations_in_any_order() {
            history.transact(3, 20, appending(1, 2)).transact(4, 21, appending(0, 1)).read(5, 19, 2, messages(1, 2))
                    .read(6, 22, 0, messages()).transact(7, 18, reading(2));

            assertThat(history.clauses()).isEmpty();
        }

        @Test
        void reads_that_find_nothing_before_the_creation_and_during_a_deletion() {
            var deletion = new ConversationDeleted(ID, new Version(2), NOW);
            history.read(1, 3, new Operation.HeadResponse(Optional.empty()))
                    .transact(4, 10, new Execution(Optional.of(head(0)), List.of(new Execution.Recorded(deletion))))
                    .read(5, 6, new Operation.HeadResponse(Optional.of(head(0))))
                    .read(7, 8, new Operation.HeadResponse(Optional.empty()))
                    .read(11, 12, new Operation.HeadResponse(Optional.empty()));

            assertThat(history.clauses()).isEmpty();
        }

        @Test
        void an_unknown_outcome_that_never_took_effect() {
            history.outcomeUnknown(3, appending(0, 1)).transact(5, 6, appending(0, 2)).read(7, 8, 1,
                    List.of(second(0)));

            assertThat(history.clauses()).isEmpty();
        }

        @Test
        void an_unknown_outcome_that_took_effect_late() {
            history.outcomeUnknown(3, appending(0, 1)).read(5, 6, 0, messages()).read(7, 8, 1, messages(1))
                    .transact(9, 10, appending(1, 2));

            assertThat(history.clauses()).isEmpty();
        }

        @Test
        void an_unknown_deletion_that_only_a_failed_read_reveals() {
            var deletion = head(1).delete(NOW).orElseThrow();
            history.transact(3, 4, appending(0, 1))
                    .outcomeUnknown(5, new Execution(Optional.of(head(1)), List.of(new Execution.Recorded(deletion))))
                    .read(6, 7, new Operation.HeadResponse(Optional.empty()));

            assertThat(history.clauses()).isEmpty();
        }

        @Test
        void one_of_many_unknown_outcomes_that_was_seen() {
            history.outcomeUnknown(3, appending(0, 7)).outcomeUnknown(3, appending(0, 1))
                    .outcomeUnknown(3, appending(0, 8))
                    .transact(9, 10, appending(1, 2)).read(11, 12, 2, messages(1, 2));

            assertThat(history.clauses()).isEmpty();
        }

        @Test
        void storage_errors_conflicts_and_repeats() {
            history.notRecorded(3, 4).transact(5, 6, 1, appending(0, 1))
                    .throwing(5, 7, 1, reading(1), new VersionConflict(ID, new Version(2)))
                    .transact(8, 9,
                            reading(1, new Execution.FoundById(messageId(1), Optional.of(messages(1).getFirst()))))
                    .throwing(10, 11, 2, reading(1), new MessageIdReused(ID, messageId(1)));

            assertThat(history.clauses()).isEmpty();
        }
    }

    @Nested
    class Finds {
        @Test
        void a_lost_update_S3() {
            history.transact(3, 6, appending(0, 1)).transact(4, 5, appending(0, 2));

            assertThat(history.clauses()).containsExactly("S3");
        }

        @Test
        void a_gap_S3() {
            history.transact(3, 4, appending(1, 2));

            assertThat(history.clauses()).containsExactly("S3");
        }

        @Test
        void an_execution_that_saw_a_failed_commit_S3() {
            history.notRecorded(3, 4).transact(3, 5, reading(1));

            assertThat(history.clauses()).containsExactly("S3");
        }

        @Test
        void a_return_before_the_commit_that_was_seen_S3() {
            history.transact(3, 9, appending(0, 1)).transact(4, 5, reading(1)).read(6, 7, 0, messages());

            assertThat(history.clauses()).containsExactly("S3");
        }

        @Test
        void an_execution_on_an_old_state_S3() {
            history.transact(3, 4, appending(0, 1)).transact(5, 6, reading(0));

            assertThat(history.clauses()).containsExactly("S3");
        }

        @Test
        void an_execution_that_read_a_wrong_message_S3() {
            history.transact(3, 4, appending(0, 1))
                    .transact(5, 6, reading(1, new Execution.FoundAt(1, Optional.of(second(0)))));

            assertThat(history.clauses()).containsExactly("S3");
        }

        @Test
        void the_result_of_another_call_S3() {
            history.outcome(3, 4, Optional.empty(), new Operation.ForeignResult());

            assertThat(history.clauses()).containsExactly("S3");
        }

        @Test
        void half_a_commit_S5() {
            history.transact(3, 6, appending(0, 1, 2)).read(4, 5, 1, messages(1));

            assertThat(history.clauses()).containsExactly("S5");
        }

        @Test
        void a_torn_window_S5() {
            history.transact(3, 8, appending(0, 1)).read(4, 5, 1, messages());

            assertThat(history.clauses()).containsExactly("S5");
        }

        @Test
        void a_dirty_read_of_a_failed_commit_S5() {
            history.notRecorded(3, 8).read(4, 5, 1, messages(1));

            assertThat(history.clauses()).containsExactly("S5");
        }

        @Test
        void a_read_of_a_later_commit_S5() {
            history.read(3, 4, 1, messages(1)).transact(5, 6, appending(0, 1));

            assertThat(history.clauses()).containsExactly("S5");
        }

        @Test
        void reads_that_go_back_S5() {
            history.transact(3, 20, appending(0, 1)).read(4, 5, 1, messages(1)).read(6, 7, 0, messages());

            assertThat(history.clauses()).containsExactly("S5");
        }

        @Test
        void a_message_with_a_different_content_S5() {
            history.transact(3, 4, appending(0, 1)).read(5, 6, 1, List.of(second(0)));

            assertThat(history.clauses()).containsExactly("S5");
        }

        @Test
        void a_message_missing_from_changes_S5() {
            history.transact(3, 4, appending(0, 1, 2))
                    .read(5, 6, new Operation.ChangesResponse(1, Optional.of(head(2)), messages(2), false));

            assertThat(history.clauses()).containsExactly("S5");
        }

        @Test
        void a_window_that_ends_early_without_saying_so_S5() {
            history.transact(3, 4, appending(0, 1, 2)).read(5, 6,
                    new Operation.WindowResponse(Window.first(1), Optional.of(head(2)), messages(1), false));

            assertThat(history.clauses()).containsExactly("S5");
        }

        @Test
        void a_read_that_misses_a_returned_commit_S6() {
            history.transact(3, 4, appending(0, 1)).read(5, 6, 0, messages());

            assertThat(history.clauses()).containsExactly("S6");
        }

        @Test
        void a_conversation_not_found_after_its_creation_returned_S6() {
            history.read(3, 4, new Operation.HeadResponse(Optional.empty()));

            assertThat(history.clauses()).containsExactly("S6");
        }

        @Test
        void a_message_not_found_after_its_append_returned_S6() {
            history.transact(3, 4, appending(0, 1)).read(5, 6, new Operation.NoMessage(messageId(1)));

            assertThat(history.clauses()).containsExactly("S6");
        }

        @Test
        void two_commits_that_expected_the_same_version_S7() {
            history.transact(3, 6, 1, appending(0, 1)).transact(4, 5, 1, appending(0, 2));

            assertThat(history.clauses()).contains("S7");
        }

        @Test
        void a_commit_on_a_version_other_than_expected_S7() {
            history.transact(3, 4, appending(0, 1)).transact(5, 6, 1, appending(1, 2));

            assertThat(history.clauses()).containsExactly("S7");
        }

        @Test
        void a_conflict_with_the_expected_version_S7() {
            history.throwing(3, 4, 1, reading(0), new VersionConflict(ID, new Version(1)));

            assertThat(history.clauses()).containsExactly("S7");
        }

        @Test
        void a_conflict_that_names_a_wrong_version_S7() {
            history.transact(3, 4, appending(0, 1))
                    .throwing(5, 6, 1, reading(1), new VersionConflict(ID, new Version(9)));

            assertThat(history.clauses()).containsExactly("S7");
        }

        @Test
        void one_id_appended_twice_S10() {
            history.transact(3, 4, appending(0, 1)).transact(5, 6, appending(1, 1));

            assertThat(history.clauses()).containsExactly("S10");
        }

        @Test
        void a_repeated_append_that_does_not_find_the_first_one_S10() {
            history.transact(3, 4, appending(0, 1))
                    .transact(5, 6, reading(1, new Execution.FoundById(messageId(1), Optional.empty())));

            assertThat(history.clauses()).containsExactly("S10");
        }

        @Test
        void an_id_taken_by_another_conversation_S10() {
            history.throwing(3, 4, 1, reading(0), new MessageIdReused(ID, messageId(1)));

            assertThat(history.clauses()).containsExactly("S10");
        }

        @Test
        void an_unknown_outcome_that_took_effect_twice_S3() {
            history.outcomeUnknown(3, appending(0, 1), appending(1, 2)).transact(5, 6, appending(2, 3));

            assertThat(history.clauses()).containsExactly("S3");
        }
    }

    @Test
    void verify_names_clause_conversation_and_call() {
        history.transact(3, 4, appending(0, 1)).read(5, 6, new Operation.HeadResponse(Optional.of(head(0))));

        assertThatThrownBy(() -> HistoryChecker.verify(history.history)).isInstanceOf(AssertionError.class)
                .hasMessageContaining("S6 on " + ID)
                .hasMessageContaining("read 5..6 of thread did not see version 2");
    }

    @Test
    void a_history_with_a_purge_is_refused() {
        var purge = new ConversationPurged(ID, new Version(2), NOW);
        history.transact(3, 4, new Execution(Optional.of(head(0)), List.of(new Execution.Recorded(purge))));

        assertThatThrownBy(history::clauses).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("purge");
    }

    /** Message number 2 at the position of number 1. */
    private static Message second(int after) {
        return append(head(after), 2).message();
    }
}
