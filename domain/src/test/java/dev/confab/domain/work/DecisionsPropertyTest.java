package dev.confab.domain.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.conversation.ConversationEvent.ConversationDeleted;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.port.ConversationTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;

/** What holds for every sequence of decisions, on sequences made by chance. */
class DecisionsPropertyTest {
    private final long seed = System.nanoTime();
    private final RandomDecisions commands = new RandomDecisions(seed);

    @RepeatedTest(50)
    void each_event_adds_1_to_the_version_keeps_positions_dense_and_never_turns_time_back() {
        PlainModel model = PlainModel.EMPTY;
        for (int step = 0; step < 200; step++) {
            Optional<ConversationEvent> decided = commands.next(model);
            if (decided.isEmpty()) {
                continue;
            }
            ConversationEvent event = decided.get();
            PlainModel next = model.after(event);
            String as = "seed " + seed + ", step " + step + ", " + event.getClass().getSimpleName();

            model.head().ifPresent(before -> {
                assertThat(event.version()).as(as).isEqualTo(before.version().next());
                // A deletion has the clock's time; the head's own time does not go back with it.
                assertThat(event).as(as).matches(
                        e -> e instanceof ConversationDeleted || !e.at().isBefore(before.updatedAt()));
                assertThat(next.head().map(Conversation::updatedAt).orElse(before.updatedAt())).as(as)
                        .isAfterOrEqualTo(before.updatedAt());
            });
            next.head().ifPresent(after -> {
                assertThat(after.version()).as(as).isEqualTo(event.version());
                assertThat(after.messageCount()).as(as).isEqualTo(next.messages().size());
                assertThat(after.updatedAt()).as(as).isAfterOrEqualTo(after.createdAt());
                for (int i = 0; i < next.messages().size(); i++) {
                    assertThat(next.messages().get(i).position()).as(as).isEqualTo(i + 1);
                }
                assertThat(next.messages().stream().map(Message::id)).as(as).doesNotHaveDuplicates();
                assertThat(next.messages()).as(as)
                        .allMatch(message -> message.version().compareTo(after.version()) <= 0);
            });
            keepsWhatItDoesNotChange(model, event, next, as);
            model = next;
        }
    }

    private static void keepsWhatItDoesNotChange(PlainModel before, ConversationEvent event, PlainModel after,
            String as) {
        if (before.head().isEmpty() || after.head().isEmpty()) {
            return;
        }
        Conversation one = before.head().get();
        Conversation other = after.head().get();
        assertThat(other.id()).as(as).isEqualTo(one.id());
        assertThat(other.owner()).as(as).isEqualTo(one.owner());
        assertThat(other.createdAt()).as(as).isEqualTo(one.createdAt());
        assertThat(other.origin()).as(as).isEqualTo(one.origin());
        assertThat(other.digest()).as(as).isEqualTo(one.digest());
        if (event instanceof ConversationEvent.MessageEdited(var id, var at, var edited)) {
            Message old = before.messageAt(edited.position());
            assertThat(edited.id()).as(as).isEqualTo(old.id());
            assertThat(edited.createdAt()).as(as).isEqualTo(old.createdAt());
            assertThat(edited.digest()).as(as).isEqualTo(old.digest());
            assertThat(edited.editedAt()).as(as).contains(at);
        }
    }

    @RepeatedTest(50)
    void the_net_change_comes_to_the_same_as_the_events_one_by_one() {
        PlainModel stored = PlainModel.EMPTY;
        for (int commit = 0; commit < 30; commit++) {
            PlainModel before = stored;
            List<PlainModel> states = new ArrayList<>(List.of(before));
            var outcome = UnitOfWork.run(RandomDecisions.ID, before, tx -> record(tx, states));
            String as = "seed " + seed + ", commit " + commit;

            assertThat(outcome.change().isPresent()).as(as).isEqualTo(states.size() > 1);
            if (outcome.change().isPresent()) {
                var change = outcome.change().get();
                stored = before.after(change);
                assertThat(stored).as(as).isEqualTo(states.getLast());
                assertThat(change.before()).as(as).isEqualTo(before.head());
                assertThat(change.events().size() + change.sessionEvents().size()).as(as)
                        .isLessThanOrEqualTo(states.size() - 1);
                assertThat(change.activity().map(ActivityChange::after).orElse(before.activity())).as(as)
                        .isEqualTo(stored.activity());
                assertThat(change.edited()).as(as)
                        .isSortedAccordingTo((a, b) -> Integer.compare(a.position(), b.position()))
                        .allMatch(message -> message.position() <= change.keptCount());
            }
            if (stored.head().isEmpty()) {
                stored = PlainModel.EMPTY;
            }
        }
    }

    /** Up to 15 events; after each, the transaction must read as the model does. */
    private boolean record(ConversationTransaction tx, List<PlainModel> states) {
        for (int left = commands.random(16); left > 0; left--) {
            PlainModel model = states.getLast();
            if (model.head().isEmpty() && states.size() > 1) {
                return true; // purged: another beginning needs another transaction's decision
            }
            if (commands.random(4) == 0) {
                commands.nextOfSessions(model).ifPresent(event -> {
                    tx.record(event);
                    states.add(model.after(event));
                });
            } else {
                commands.next(model).ifPresent(event -> {
                    tx.record(event);
                    states.add(model.after(event));
                });
            }
            readsAs(tx, states.getLast());
        }
        return true;
    }

    private void readsAs(ConversationTransaction tx, PlainModel model) {
        String as = "seed " + seed;
        assertThat(tx.find()).as(as).isEqualTo(model.head());
        assertThat(tx.activity()).as(as).isEqualTo(model.activity());
        int count = model.messages().size();
        for (int position = 1; position <= count; position++) {
            assertThat(tx.messageAt(position)).as(as).contains(model.messageAt(position));
        }
        assertThat(tx.messageAt(0)).as(as).isEmpty();
        assertThat(tx.messageAt(-1)).as(as).isEmpty();
        assertThat(tx.messageAt(count + 1)).as(as).isEmpty();
        for (int number = 0; number < 60; number++) {
            var id = new MessageId(new UUID(2 + number % 2, number / 2));
            assertThat(tx.message(id)).as(as).isEqualTo(model.message(id));
        }
    }
}
