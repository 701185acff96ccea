package dev.confab.adapter.persistence.contract.mutant;

import dev.confab.adapter.persistence.contract.reference.ReferenceConversation;
import dev.confab.adapter.persistence.contract.reference.ReferenceStorage;
import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent.ConversationPurged;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.Approval;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.ToolCall;
import dev.confab.domain.session.ToolRound;
import dev.confab.domain.session.Turn;
import dev.confab.domain.work.Change;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Stores that write sessions and turns incorrectly. */
final class SessionMutants {
    private SessionMutants() {
    }

    static ReferenceConversation with(ReferenceConversation state, Activity activity) {
        return new ReferenceConversation(state.head(), state.messages(), activity);
    }

    static Turn with(Turn turn, int step, List<ToolRound> rounds) {
        return new Turn(turn.id(), turn.conversationId(), turn.sessionId(), turn.promptId(), turn.replyId(),
                turn.state(), step, turn.queuedAt(), turn.startedAt(), turn.finishedAt(), rounds, turn.usage(),
                turn.digest());
    }

    /** What a store stores instead of the state that a commit leads to. */
    @FunctionalInterface
    interface Mutation {
        ReferenceConversation changed(Optional<ReferenceConversation> before, Change change,
                ReferenceConversation after);
    }

    /** Makes stores that store what the mutation returns. */
    static BiFunction<ReferenceStorage, Duration, ReferenceStore> storing(Mutation mutation) {
        return (storage, lockTimeout) -> new OtherState(storage, lockTimeout) {
            @Override
            ReferenceConversation changed(Optional<ReferenceConversation> before, Change change,
                    ReferenceConversation after) {
                return mutation.changed(before, change, after);
            }
        };
    }

    /** A store that stores a different state than the commit leads to. */
    abstract static class OtherState extends ReferenceStore {
        OtherState(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected void commit(Change change) {
            Optional<ReferenceConversation> before = current(change.id());
            storage().write(change.id(),
                    ReferenceConversation.after(before, change).map(after -> changed(before, change, after)));
        }

        abstract ReferenceConversation changed(Optional<ReferenceConversation> before, Change change,
                ReferenceConversation after);
    }

    static ReferenceConversation turnsWithoutTheirMessages(Optional<ReferenceConversation> before, Change change,
            ReferenceConversation after) {
        return change.activity().isPresent() && before.isPresent() ? with(before.get(), after.activity()) : after;
    }

    static ReferenceConversation messagesWithoutTheirTurns(Optional<ReferenceConversation> before, Change change,
            ReferenceConversation after) {
        return change.appended().isEmpty()
                ? after
                : with(after, before.map(ReferenceConversation::activity).orElse(Activity.NONE));
    }

    static ReferenceConversation countsAVersion(Optional<ReferenceConversation> before, Change change,
            ReferenceConversation after) {
        Conversation head = after.head();
        return new ReferenceConversation(change.events().isEmpty()
                ? new Conversation(head.id(), head.owner(), head.title(), head.metadata(), head.filing(),
                        head.version().next(),
                        head.messageCount(), head.createdAt(), head.updatedAt(), head.deletedAt(),
                        head.expiresAt(), head.origin(), head.digest())
                : head, after.messages(), after.activity());
    }

    static ReferenceConversation forgetsWhyACallWasRefused(Optional<ReferenceConversation> before, Change change,
            ReferenceConversation after) {
        return with(after, new Activity(after.activity().sessions(), after.activity().turns().stream()
                .map(turn -> with(turn, turn.step(),
                        turn.rounds().stream().map(round -> round.map(forgetting())).toList()))
                .toList()));
    }

    private static UnaryOperator<ToolCall> forgetting() {
        return call -> new ToolCall(call.id(), call.tool(), call.arguments(), call.needsApproval(),
                call.approval().map(answer -> new Approval(answer.approved(), Optional.empty())), call.result());
    }

    static ReferenceConversation forgetsTheReplyOfAnUnfinishedTurn(Optional<ReferenceConversation> before,
            Change change,
            ReferenceConversation after) {
        return with(after, new Activity(after.activity().sessions(), after.activity().turns().stream()
                .map(turn -> turn.isFinished() ? turn : withoutReply(turn)).toList()));
    }

    private static Turn withoutReply(Turn turn) {
        return new Turn(turn.id(), turn.conversationId(), turn.sessionId(), turn.promptId(), Optional.empty(),
                turn.state(), turn.step(), turn.startedAt(), turn.finishedAt(), turn.rounds(), turn.usage(),
                turn.digest());
    }

    static ReferenceConversation ignoresTheResultsOfARenewal(Optional<ReferenceConversation> before, Change change,
            ReferenceConversation after) {
        return with(after, new Activity(after.activity().sessions(), after.activity().turns().stream()
                .map(turn -> before.flatMap(state -> state.activity().find(turn.id()))
                        .filter(old -> old.step() == turn.step())
                        .map(old -> with(turn, turn.step(), old.rounds())).orElse(turn))
                .toList()));
    }

    static ReferenceConversation turnsGoWithTheirSession(Optional<ReferenceConversation> before, Change change,
            ReferenceConversation after) {
        Activity all = after.activity();
        return with(after, new Activity(all.sessions(),
                all.turns().stream().filter(turn -> all.find(turn.sessionId()).isPresent()).toList()));
    }

    static class PurgeLeavesSessions extends OtherState {
        private final Map<ConversationId, Activity> left = new ConcurrentHashMap<>();

        PurgeLeavesSessions(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected void commit(Change change) {
            if (change.after().isEmpty()) {
                current(change.id()).ifPresent(state -> left.put(change.id(), state.activity()));
            }
            super.commit(change);
        }

        @Override
        ReferenceConversation changed(Optional<ReferenceConversation> before, Change change,
                ReferenceConversation after) {
            Activity found = Optional.ofNullable(left.remove(change.id())).orElse(Activity.NONE);
            return before.isPresent() ? after : with(after, all(found, after.activity()));
        }

        static Activity all(Activity one, Activity other) {
            return new Activity(Stream.concat(one.sessions().stream(), other.sessions().stream()).toList(),
                    Stream.concat(one.turns().stream(), other.turns().stream()).toList());
        }
    }

    static ReferenceConversation beginningAnewLeavesSessions(Optional<ReferenceConversation> before, Change change,
            ReferenceConversation after) {
        boolean anew = before.isPresent()
                && change.events().stream().anyMatch(ConversationPurged.class::isInstance);
        return anew
                ? with(after, PurgeLeavesSessions.all(before.get().activity(), after.activity()))
                : after;
    }

    /** Writing a session removes sessions with the same id from other conversations. */
    static class GlobalSessionIds extends ReferenceStore {
        GlobalSessionIds(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected void commit(Change change) {
            super.commit(change);
            List<Session> written = change.activity().map(changed -> changed.after().sessions()).orElse(List.of());
            all().filter(state -> !state.head().id().equals(change.id())).forEach(state -> storage()
                    .write(state.head().id(), Optional.of(with(state, new Activity(state.activity().sessions().stream()
                            .filter(session -> written.stream().noneMatch(w -> w.id().equals(session.id())))
                            .toList(), state.activity().turns())))));
        }
    }

    /** Keeps sessions in memory, so other instances do not see them and a crash loses them. */
    static class SessionsInMemory extends ReferenceStore {
        private final Map<ConversationId, Activity> memory = new ConcurrentHashMap<>();

        SessionsInMemory(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected void commit(Change change) {
            Optional<ReferenceConversation> after = ReferenceConversation.after(current(change.id()), change);
            memory.put(change.id(), after.map(ReferenceConversation::activity).orElse(Activity.NONE));
            storage().write(change.id(), after.map(state -> with(state, Activity.NONE)));
        }

        private ReferenceConversation remembered(ReferenceConversation state) {
            return with(state, memory.getOrDefault(state.head().id(), Activity.NONE));
        }

        @Override
        protected Optional<ReferenceConversation> current(ConversationId id) {
            return super.current(id).map(this::remembered);
        }

        @Override
        protected Optional<ReferenceConversation> visible(ConversationId id) {
            return super.visible(id).map(this::remembered);
        }

        @Override
        protected Stream<ReferenceConversation> all() {
            return super.all().map(this::remembered);
        }
    }
}
