package dev.confab.adapter.persistence.contract.mutant;

import dev.confab.adapter.persistence.contract.reference.ReferenceConversation;
import dev.confab.adapter.persistence.contract.reference.ReferenceStorage;
import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.query.Page;
import dev.confab.domain.query.SessionQuery;
import dev.confab.domain.query.SessionView;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnId;
import dev.confab.domain.session.TurnState.AwaitingApproval;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Stores that read sessions and turns incorrectly. */
final class SessionReaderMutants {
    private SessionReaderMutants() {
    }

    private static ReferenceConversation withHead(ReferenceConversation state, Optional<Instant> deletedAt,
            Optional<Instant> expiresAt) {
        Conversation head = state.head();
        return new ReferenceConversation(
                new Conversation(head.id(), head.owner(), head.title(), head.metadata(), head.filing(),
                        head.version(), head.messageCount(), head.createdAt(), head.updatedAt(), deletedAt, expiresAt,
                        head.origin(), head.digest()),
                state.messages(), state.activity());
    }

    /** A store whose readers of sessions and turns see a different state than other readers. */
    abstract static class OtherSight extends ReferenceStore {
        private final ThreadLocal<Boolean> reading = ThreadLocal.withInitial(() -> false);

        OtherSight(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        abstract ReferenceConversation seen(ReferenceConversation state);

        private <T> T reading(Supplier<T> read) {
            reading.set(true);
            try {
                return read.get();
            } finally {
                reading.set(false);
            }
        }

        @Override
        protected Stream<ReferenceConversation> all() {
            return reading.get() ? super.all().map(this::seen) : super.all();
        }

        @Override
        public Optional<SessionView> session(OwnerId owner, SessionId id, Instant now) {
            return reading(() -> super.session(owner, id, now));
        }

        @Override
        public Page<SessionView, SessionQuery.Key> sessions(OwnerId owner, SessionQuery query, Instant now) {
            return reading(() -> super.sessions(owner, query, now));
        }

        @Override
        public Optional<SessionView> current(OwnerId owner, Instant now) {
            return reading(() -> super.current(owner, now));
        }

        @Override
        public Optional<Turn> turn(OwnerId owner, TurnId id, Instant now) {
            return reading(() -> super.turn(owner, id, now));
        }
    }

    static class ShowsTheBin extends OtherSight {
        ShowsTheBin(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        ReferenceConversation seen(ReferenceConversation state) {
            return withHead(state, Optional.empty(), state.head().expiresAt());
        }
    }

    static class ShowsAnExpiredConversation extends OtherSight {
        ShowsAnExpiredConversation(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        ReferenceConversation seen(ReferenceConversation state) {
            return withHead(state, state.head().deletedAt(), Optional.empty());
        }
    }

    static class ShowsAnothersSession extends ReferenceStore {
        ShowsAnothersSession(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public Optional<SessionView> session(OwnerId owner, SessionId id, Instant now) {
            return super.session(owner, id, now).or(() -> all().map(state -> state.head().owner())
                    .flatMap(any -> super.session(any, id, now).stream()).findFirst());
        }
    }

    static class ShowsAnothersTurn extends ReferenceStore {
        ShowsAnothersTurn(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public Optional<Turn> turn(OwnerId owner, TurnId id, Instant now) {
            return super.turn(owner, id, now).or(() -> all().map(state -> state.head().owner())
                    .flatMap(any -> super.turn(any, id, now).stream()).findFirst());
        }
    }

    static class SessionAndTurnOfTwoMoments extends ReferenceStore {
        SessionAndTurnOfTwoMoments(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public Optional<SessionView> session(OwnerId owner, SessionId id, Instant now) {
            Optional<SessionView> view = super.session(owner, id, now);
            LockSupport.parkNanos(200_000);
            return view.map(first -> new SessionView(first.session(),
                    super.session(owner, id, now).flatMap(SessionView::turn)));
        }
    }

    static class RepeatedOnTheNextPage extends ReferenceStore {
        RepeatedOnTheNextPage(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public Page<SessionView, SessionQuery.Key> sessions(OwnerId owner, SessionQuery query, Instant now) {
            return super.sessions(owner, new SessionQuery(query.limit(), query.after().map(
                    key -> new SessionQuery.Key(key.createdAt().plusMillis(1), key.id(), key.conversation()))), now);
        }
    }

    static class TheLatestBegunIsCurrent extends ReferenceStore {
        TheLatestBegunIsCurrent(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public Optional<SessionView> current(OwnerId owner, Instant now) {
            return sessions(owner, new SessionQuery(1, Optional.empty()), now).items().stream().findFirst();
        }
    }

    /** Returns the latest of the sessions with this id. */
    static class FindsTheLatestBegun extends ReferenceStore {
        FindsTheLatestBegun(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public Optional<SessionView> session(OwnerId owner, SessionId id, Instant now) {
            return sessions(owner, new SessionQuery(100, Optional.empty()), now).items().stream()
                    .filter(view -> view.session().id().equals(id)).findFirst();
        }
    }

    static class FindsExpired extends ReferenceStore {
        FindsExpired(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public Optional<SessionView> session(OwnerId owner, SessionId id, Instant now) {
            return super.session(owner, id, Instant.EPOCH);
        }
    }

    /** Removes expired sessions from a page after it has been cut. */
    static class ShortPages extends ReferenceStore {
        ShortPages(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public Page<SessionView, SessionQuery.Key> sessions(OwnerId owner, SessionQuery query, Instant now) {
            var page = super.sessions(owner, query, Instant.EPOCH);
            return new Page<>(page.items().stream().filter(view -> !view.session().isExpired(now)).toList(),
                    page.next());
        }
    }

    static class ExpiredStaysCurrent extends ReferenceStore {
        ExpiredStaysCurrent(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public Optional<SessionView> current(OwnerId owner, Instant now) {
            return super.current(owner, Instant.EPOCH);
        }
    }

    static class ActivityWithExpired extends ReferenceStore {
        ActivityWithExpired(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public Activity activity(ConversationId id, Instant now) {
            return super.activity(id, Instant.EPOCH);
        }
    }

    static class ExpiresAMillisecondLate extends ReferenceStore {
        ExpiresAMillisecondLate(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public List<ConversationId> expiredSessions(Instant now, int limit) {
            return super.expiredSessions(now.minusMillis(1), limit);
        }
    }

    static class ForgetsTheBin extends ReferenceStore {
        ForgetsTheBin(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public List<ConversationId> expiredSessions(Instant now, int limit) {
            return super.expiredSessions(now, limit).stream().filter(id -> find(id, Instant.EPOCH).isPresent())
                    .toList();
        }
    }

    static class ForgetsConversationsWithoutASession extends ReferenceStore {
        ForgetsConversationsWithoutASession(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public List<ConversationId> expiredSessions(Instant now, int limit) {
            return super.expiredSessions(now, limit).stream()
                    .filter(id -> visible(id).filter(state -> !state.activity().sessions().isEmpty()).isPresent())
                    .toList();
        }
    }

    static class ForgetsLeases extends ReferenceStore {
        ForgetsLeases(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public List<ConversationId> expiredLeases(Instant now, int limit) {
            return List.of();
        }
    }

    static class TakesAWaitingTurnForDead extends ReferenceStore {
        TakesAWaitingTurnForDead(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public List<ConversationId> expiredLeases(Instant now, int limit) {
            return Stream.concat(super.expiredLeases(now, limit).stream(), all()
                    .filter(state -> state.activity().openTurn()
                            .filter(turn -> turn.state() instanceof AwaitingApproval).isPresent())
                    .map(state -> state.head().id())).sorted(Comparator.naturalOrder()).limit(limit).toList();
        }
    }
}
