package dev.confab.adapter.persistence.contract.mutant;

import dev.confab.adapter.persistence.contract.reference.ReferenceConversation;
import dev.confab.adapter.persistence.contract.reference.ReferenceStorage;
import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.adapter.persistence.contract.reference.ReferenceStored;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent.Creation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.StoredConversations;
import dev.confab.domain.query.StoredWindow;
import dev.confab.domain.query.Window;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.Lifetime;
import dev.confab.domain.session.SessionEvent.SessionEnded;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.work.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Stores that cannot be moved completely or exactly. */
final class MoveMutants {
    private MoveMutants() {
    }

    /** A store with another reader of everything. */
    private static class WithStored extends ReferenceStore {
        private final Function<ReferenceStorage, StoredConversations> stored;

        WithStored(ReferenceStorage storage, Duration lockTimeout,
                Function<ReferenceStorage, StoredConversations> stored) {
            super(storage, lockTimeout);
            this.stored = stored;
        }

        @Override
        public StoredConversations stored() {
            return stored.apply(storage());
        }
    }

    static class LeavesOutTheBin extends WithStored {
        LeavesOutTheBin(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout, all -> new ReferenceStored(all) {
                @Override
                protected boolean isListed(Conversation head) {
                    return !head.isDeleted();
                }
            });
        }
    }

    static class LeavesOutTheExpired extends WithStored {
        LeavesOutTheExpired(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout, all -> new ReferenceStored(all) {
                @Override
                protected boolean isListed(Conversation head) {
                    return !head.isExpired(Instant.parse("2026-01-01T00:00:00Z"));
                }
            });
        }
    }

    static class SignedIds extends WithStored {
        SignedIds(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout, all -> new ReferenceStored(all) {
                @Override
                protected boolean isBehind(ConversationId id, ConversationId last) {
                    return id.value().compareTo(last.value()) > 0;
                }
            });
        }
    }

    static class RepeatsIds extends WithStored {
        RepeatsIds(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout, all -> new ReferenceStored(all) {
                @Override
                protected boolean isBehind(ConversationId id, ConversationId last) {
                    return id.compareTo(last) >= 0;
                }
            });
        }
    }

    static class WithoutExpiredSessions extends WithStored {
        WithoutExpiredSessions(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout, all -> new ReferenceStored(all) {
                @Override
                protected Optional<ReferenceConversation> state(ConversationId id) {
                    return super.state(id).map(state -> new ReferenceConversation(state.head(), state.messages(),
                            new Activity(state.activity().sessions().stream()
                                    .filter(session -> !session.isExpired(Instant.parse("2026-01-01T00:00:00Z")))
                                    .toList(), state.activity().turns())));
                }
            });
        }
    }

    static class SessionsOfAnotherCommit extends WithStored {
        SessionsOfAnotherCommit(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout, all -> new ReferenceStored(all) {
                @Override
                public Optional<StoredWindow> read(ConversationId id, Window window) {
                    return super.read(id, window).flatMap(first -> {
                        Thread.yield();
                        return super.read(id, window).map(next -> new StoredWindow(first.window(), next.activity()));
                    });
                }
            });
        }
    }

    static class CachesWhatIsStored extends ReferenceStore {
        private final Map<ConversationId, Optional<StoredWindow>> cached = new ConcurrentHashMap<>();

        CachesWhatIsStored(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public StoredConversations stored() {
            return new ReferenceStored(storage()) {
                @Override
                public Optional<StoredWindow> read(ConversationId id, Window window) {
                    return cached.computeIfAbsent(id, _ -> super.read(id, window));
                }
            };
        }
    }

    /** A store that changes the first head of a conversation. */
    private static class ChangesFirstHeads extends ReferenceStore {
        private final UnaryOperator<Conversation> change;

        ChangesFirstHeads(ReferenceStorage storage, Duration lockTimeout, UnaryOperator<Conversation> change) {
            super(storage, lockTimeout);
            this.change = change;
        }

        @Override
        protected void commit(Change commit) {
            boolean first = commit.events().stream().anyMatch(Creation.class::isInstance);
            super.commit(first
                    ? new Change(commit.id(), commit.before(), commit.after().map(change), commit.events(),
                            commit.keptCount(), commit.edited(), commit.appended(), commit.sessionEvents(),
                            commit.activity(), commit.token())
                    : commit);
        }
    }

    static class BeginsLive extends ChangesFirstHeads {
        BeginsLive(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout, head -> new Conversation(head.id(), head.owner(), head.title(),
                    head.metadata(), head.filing(), head.version(), head.messageCount(), head.createdAt(),
                    head.updatedAt(),
                    Optional.empty(), head.expiresAt(), head.origin(), head.digest()));
        }
    }

    static class ImportsPermanent extends ChangesFirstHeads {
        ImportsPermanent(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout, head -> head.version().value() == 1
                    ? head
                    : new Conversation(head.id(), head.owner(), head.title(), head.metadata(), head.filing(),
                            head.version(),
                            head.messageCount(), head.createdAt(), head.updatedAt(), head.deletedAt(),
                            Optional.empty(), head.origin(), head.digest()));
        }
    }

    /** A store that does not know a session that ended and started again in one commit. */
    static class EndedIsEnded extends ReferenceStore {
        EndedIsEnded(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected void commit(Change commit) {
            super.commit(commit);
            var ended = commit.sessionEvents().stream()
                    .flatMap(event -> event instanceof SessionEnded end
                            ? Stream.of(end.sessionId())
                            : Stream.<SessionId>empty())
                    .toList();
            storage().write(commit.id(), current(commit.id()).map(state -> new ReferenceConversation(state.head(),
                    state.messages(), new Activity(state.activity().sessions().stream()
                            .filter(session -> !ended.contains(session.id())
                                    || session.lifetime() instanceof Lifetime.Temporary)
                            .toList(), state.activity().turns()))));
        }
    }
}
