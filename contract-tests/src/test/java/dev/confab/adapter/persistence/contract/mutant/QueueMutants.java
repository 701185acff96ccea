package dev.confab.adapter.persistence.contract.mutant;

import dev.confab.adapter.persistence.contract.reference.ReferenceConversation;
import dev.confab.adapter.persistence.contract.reference.ReferenceStorage;
import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.SessionEvent.TurnChanged;
import dev.confab.domain.session.SessionEvent.TurnStarted;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnState.Queued;
import dev.confab.domain.work.Change;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Stores that do not keep the queue of turns. */
final class QueueMutants {
    private QueueMutants() {
    }

    private static Activity with(Activity activity, List<Turn> turns) {
        return new Activity(activity.sessions(), turns);
    }

    /** Ends a turn in one commit, and begins the next one in another. */
    static class BeginsTheNextLater extends ReferenceStore {
        private static final int PAUSES = 20;

        BeginsTheNextLater(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected void commit(Change change) {
            List<Turn> begun = change.sessionEvents().stream()
                    .flatMap(event -> event instanceof TurnChanged changed ? Stream.of(changed.turn()) : Stream.empty())
                    .filter(turn -> turn.queuedAt().isPresent() && turn.isOpen()).toList();
            ReferenceConversation before = current(change.id()).orElse(null);
            if (!begun.isEmpty() && before != null) {
                Activity after = change.activity().orElseThrow().after();
                storage().write(change.id(), Optional.of(SessionMutants.with(before, QueueMutants.with(after,
                        after.turns().stream().map(turn -> begun.stream().anyMatch(each -> each.id().equals(turn.id()))
                                ? before.activity().find(turn.id()).orElse(turn)
                                : turn).toList()))));
                for (int i = 0; i < PAUSES; i++) {
                    Mutations.pause();
                }
            }
            super.commit(change);
        }
    }

    /** Stores a turn that waits before those that wait already. */
    static ReferenceConversation beginsTheLastFirst(Optional<ReferenceConversation> before, Change change,
            ReferenceConversation after) {
        boolean queues = change.sessionEvents().stream()
                .anyMatch(event -> event instanceof TurnStarted started && started.turn().isQueued());
        List<Turn> turns = after.activity().turns();
        List<Turn> others = turns.subList(0, turns.size() - after.activity().queuedTurns().size());
        List<Turn> queued = after.activity().queuedTurns();
        return queues
                ? SessionMutants.with(after,
                        QueueMutants.with(after.activity(), Stream.of(others, queued.subList(queued.size() - 1,
                                queued.size()), queued.subList(0, queued.size() - 1)).flatMap(List::stream)
                                .toList()))
                : after;
    }

    static ReferenceConversation forgetsTheMessages(Optional<ReferenceConversation> before, Change change,
            ReferenceConversation after) {
        return SessionMutants.with(after, QueueMutants.with(after.activity(),
                after.activity().turns().stream().map(QueueMutants::onlyThePrompt).toList()));
    }

    private static Turn onlyThePrompt(Turn turn) {
        if (!turn.isQueued()) {
            return turn;
        }
        MessageDraft prompt = turn.queuedMessages().getLast();
        return new Turn(turn.id(), turn.conversationId(), turn.sessionId(), turn.promptId(), turn.replyId(),
                new Queued(List.of(MessageDraft.of(prompt.id(), prompt.role(), prompt.text()))), turn.step(),
                turn.queuedAt(), turn.startedAt(), turn.finishedAt(), turn.rounds(), turn.usage(), turn.digest());
    }

    /** Does not show a transaction the last of ten turns that wait. */
    static class LetsAnEleventhWait extends ReferenceStore {
        LetsAnEleventhWait(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected Optional<ReferenceConversation> current(ConversationId id) {
            return super.current(id).map(state -> state.activity().queuedTurns().size() < Activity.MAX_QUEUED
                    ? state
                    : SessionMutants.with(state, QueueMutants.with(state.activity(),
                            state.activity().turns().subList(0, state.activity().turns().size() - 1))));
        }

        @Override
        protected void commit(Change change) {
            Optional<ReferenceConversation> stored = super.current(change.id());
            super.commit(change);
            stored.filter(state -> state.activity().queuedTurns().size() >= Activity.MAX_QUEUED)
                    .map(state -> state.activity().turns().getLast()).ifPresent(hidden -> storage().write(change.id(),
                            super.current(change.id()).map(after -> SessionMutants.with(after, QueueMutants.with(
                                    after.activity(), Stream.concat(after.activity().turns().stream(),
                                            Stream.of(hidden)).toList())))));
        }
    }
}
