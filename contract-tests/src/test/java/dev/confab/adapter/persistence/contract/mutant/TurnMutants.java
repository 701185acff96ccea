package dev.confab.adapter.persistence.contract.mutant;

import dev.confab.adapter.persistence.contract.reference.ReferenceConversation;
import dev.confab.adapter.persistence.contract.reference.ReferenceStorage;
import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.adapter.persistence.contract.reference.StoredState;
import dev.confab.adapter.persistence.contract.sample.SessionSamples;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.port.ForwardingTransaction;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.SessionEvent;
import dev.confab.domain.session.SessionEvent.TurnStarted;
import dev.confab.domain.session.TurnInProgress;
import dev.confab.domain.session.TurnState.Running;
import dev.confab.domain.work.Change;
import dev.confab.domain.work.UnitOfWork;
import dev.confab.domain.work.UnitOfWork.Outcome;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Stores that do not keep turns apart. */
final class TurnMutants {
    private TurnMutants() {
    }

    static class NamesAnotherTurn extends ReferenceStore {
        NamesAnotherTurn(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public <R> R transact(ConversationId id, Function<ConversationTransaction, R> work) {
            try {
                return super.transact(id, work);
            } catch (TurnInProgress e) {
                throw new TurnInProgress(SessionSamples.newTurnId());
            }
        }
    }

    /** Uses the sessions and turns as this instance last wrote them, although another instance may have changed them. */
    static class RemembersTurns extends ReferenceStore {
        private final Map<ConversationId, Activity> memory = new ConcurrentHashMap<>();

        RemembersTurns(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected void commit(Change change) {
            super.commit(change);
            change.activity().ifPresent(activity -> memory.put(change.id(), activity.after()));
        }

        @Override
        protected Optional<ReferenceConversation> current(ConversationId id) {
            return super.current(id).map(
                    state -> SessionMutants.with(state, memory.computeIfAbsent(id, any -> state.activity())));
        }
    }

    /** Checks sessions and turns only if the transaction function has read them. */
    static class LetsThePromptGo extends ReferenceStore {
        LetsThePromptGo(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected <R> Outcome<R> run(ConversationId id, Optional<ReferenceConversation> state,
                Function<ConversationTransaction, R> work) {
            var asked = new AtomicBoolean();
            var stored = new StoredState(state);
            return UnitOfWork.run(id, new UnitOfWork.Stored() {
                @Override
                public Optional<Conversation> head() {
                    return stored.head();
                }

                @Override
                public Optional<Message> message(MessageId messageId) {
                    return stored.message(messageId);
                }

                @Override
                public Message messageAt(int position) {
                    return stored.messageAt(position);
                }

                @Override
                public Activity activity() {
                    return asked.get() ? stored.activity() : Activity.NONE;
                }
            }, tx -> work.apply(new Watched(tx) {
                @Override
                public Activity activity() {
                    asked.set(true);
                    return super.activity();
                }
            }));
        }
    }

    /** Commits the messages of a start that is rejected. */
    static class KeepsTheMessagesOfARejectedStart extends ReferenceStore {
        KeepsTheMessagesOfARejectedStart(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public <R> R transact(ConversationId id, Function<ConversationTransaction, R> work) {
            var rejected = new AtomicReference<TurnInProgress>();
            Optional<R> result = super.transact(id, tx -> {
                try {
                    return Optional.of(work.apply(tx));
                } catch (TurnInProgress e) {
                    rejected.set(e);
                    return Optional.empty();
                }
            });
            return result.orElseThrow(rejected::get);
        }
    }

    /** Ignores a change that cannot follow, and commits the other events. */
    static class LeavesOutALateChange extends ReferenceStore {
        LeavesOutALateChange(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected <R> Outcome<R> run(ConversationId id, Optional<ReferenceConversation> state,
                Function<ConversationTransaction, R> work) {
            return super.run(id, state, tx -> work.apply(new Watched(tx) {
                @Override
                public void record(SessionEvent event) {
                    try {
                        super.record(event);
                    } catch (IllegalArgumentException late) {
                        // the mutation
                    }
                }
            }));
        }
    }

    /** Leaves a turn unfinished that ends in the commit that starts the next one. */
    static ReferenceConversation losesTheEndOfAnInterruptedTurn(Optional<ReferenceConversation> before, Change change,
            ReferenceConversation after) {
        boolean starts = change.sessionEvents().stream().anyMatch(TurnStarted.class::isInstance);
        return starts
                ? SessionMutants.with(after, new Activity(after.activity().sessions(),
                        after.activity().turns().stream()
                                .map(turn -> before.flatMap(state -> state.activity().find(turn.id())).orElse(turn))
                                .toList()))
                : after;
    }

    static ReferenceConversation keepsNoStep(Optional<ReferenceConversation> before, Change change,
            ReferenceConversation after) {
        return SessionMutants.with(after, new Activity(after.activity().sessions(),
                after.activity().turns().stream()
                        .map(turn -> turn.state() instanceof Running
                                ? SessionMutants.with(turn, 1, turn.rounds())
                                : turn)
                        .toList()));
    }

    /** A transaction of which a mutant changes one call. */
    private static class Watched extends ForwardingTransaction {
        Watched(ConversationTransaction transaction) {
            super(transaction);
        }
    }
}
