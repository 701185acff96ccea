package dev.confab.adapter.persistence.contract.mutant;

import static dev.confab.adapter.persistence.contract.mutant.Mutants.mutant;

import dev.confab.adapter.persistence.contract.reference.ReferenceConversation;
import dev.confab.adapter.persistence.contract.reference.ReferenceStorage;
import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.erasure.Erased;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.erasure.OwnerErased;
import dev.confab.domain.work.Change;
import dev.confab.domain.work.Erasure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Stores that each violate one clause about erasures on purpose. */
final class ErasureMutants {
    static final List<Mutants.Mutant> ALL = List.of(
            mutant("E1", "does not erase the bin", LeavesTheBin::new),
            mutant("E1", "erases only the first page", FirstPageOnly::new),
            mutant("E1", "counts no messages", CountsNoMessages::new),
            mutant("E2", "has no fence", NoFence::new),
            mutant("E2", "checks the fence before it waits to write", ChecksTooEarly::new),
            mutant("E2", "knows only the erasures of its own instance", FenceOfOneInstance::new),
            mutant("E2", "does not let an owner come back", NeverLetsBack::new),
            mutant("E2", "knows only the first erasure of an owner", FirstErasureOnly::new),
            mutant("E2", "raises the fence after it has purged", FenceTooLate::new),
            mutant("E3", "erases an owner only once", OnlyOnce::new),
            mutant("E3", "counts a conversation in each of several erasures at once", CountsTwice::new),
            mutant("E4", "refuses requests of other owners that are under way", FencesAll::new),
            mutant("E4", "erases another owner too", ErasesOthers::new),
            mutant("E5", "hides what it erases and keeps it in the storage", Hides::new));

    private ErasureMutants() {
    }

    private abstract static class Eraser extends ReferenceStore {
        Eraser(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        /** The owner's conversations. */
        final List<ConversationId> ids(OwnerId owner) {
            return ids(owner, _ -> true);
        }

        final List<ConversationId> ids(OwnerId owner, Predicate<Conversation> which) {
            return all().map(ReferenceConversation::head).filter(head -> head.owner().equals(owner)).filter(which)
                    .map(Conversation::id).toList();
        }

        /** All owners of conversations. */
        final List<OwnerId> owners() {
            return all().map(state -> state.head().owner()).distinct().toList();
        }

        /** Refuses a creation whose token is older than the last erasure. */
        final void checkToken(Change change) {
            refuseIf(change, token -> token(token.owner()).number() > token.number());
        }

        final void refuseIf(Change change, Predicate<FencingToken> refused) {
            change.token().filter(refused).ifPresent(token -> {
                throw new OwnerErased(token.owner());
            });
        }

        final void commitUnchecked(Change change) {
            storage().write(change.id(), ReferenceConversation.after(current(change.id()), change));
        }

        /** Lets other threads in. */
        static void pause() {
            LockSupport.parkNanos(500_000);
        }
    }

    static class LeavesTheBin extends Eraser {
        LeavesTheBin(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public Erased erase(OwnerId owner) {
            storage().fence(owner);
            return Erasure.purge(owner, this, ids(owner, head -> !head.isDeleted()));
        }
    }

    static class FirstPageOnly extends Eraser {
        FirstPageOnly(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public Erased erase(OwnerId owner) {
            storage().fence(owner);
            return Erasure.purge(owner, this,
                    ids(owner).stream().limit(100).toList());
        }
    }

    static class CountsNoMessages extends Eraser {
        CountsNoMessages(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public Erased erase(OwnerId owner) {
            Erased erased = super.erase(owner);
            return new Erased(erased.conversations(), 0, erased.sessions(), erased.turns(), 0);
        }
    }

    static class NoFence extends Eraser {
        NoFence(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected void commit(Change change) {
            commitUnchecked(change);
        }
    }

    static class ChecksTooEarly extends Eraser {
        ChecksTooEarly(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected void commit(Change change) {
            checkToken(change);
            pause();
            commitUnchecked(change);
        }
    }

    static class FenceOfOneInstance extends Eraser {
        private final Map<OwnerId, Long> own = new ConcurrentHashMap<>();

        FenceOfOneInstance(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public FencingToken token(OwnerId owner) {
            return new FencingToken(owner, own.getOrDefault(owner, 0L));
        }

        @Override
        public Erased erase(OwnerId owner) {
            own.merge(owner, 1L, Long::sum);
            return super.erase(owner);
        }

        @Override
        protected void commit(Change change) {
            checkToken(change);
            commitUnchecked(change);
        }
    }

    static class NeverLetsBack extends Eraser {
        NeverLetsBack(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected void commit(Change change) {
            refuseIf(change, token -> token(token.owner()).number() > 0);
            super.commit(change);
        }
    }

    static class FirstErasureOnly extends Eraser {
        FirstErasureOnly(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected void commit(Change change) {
            if (change.token().filter(token -> token.number() > 0).isPresent()) {
                commitUnchecked(change);
            } else {
                super.commit(change);
            }
        }
    }

    static class FenceTooLate extends Eraser {
        FenceTooLate(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public Erased erase(OwnerId owner) {
            Erased erased = Erasure.purge(owner, this, ids(owner));
            pause();
            storage().fence(owner);
            return erased;
        }
    }

    static class OnlyOnce extends Eraser {
        private final Set<OwnerId> erased = ConcurrentHashMap.newKeySet();

        OnlyOnce(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public Erased erase(OwnerId owner) {
            return erased.add(owner) ? super.erase(owner) : Erased.NOTHING;
        }
    }

    static class CountsTwice extends Eraser {
        CountsTwice(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public Erased erase(OwnerId owner) {
            int found = ids(owner).size();
            pause();
            Erased erased = super.erase(owner);
            return new Erased(found, erased.messages(), erased.sessions(), erased.turns(), 0);
        }
    }

    static class FencesAll extends Eraser {
        FencesAll(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public Erased erase(OwnerId owner) {
            owners().forEach(storage()::fence);
            return super.erase(owner);
        }
    }

    static class ErasesOthers extends Eraser {
        ErasesOthers(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public Erased erase(OwnerId owner) {
            Erased erased = super.erase(owner);
            owners().forEach(super::erase);
            return erased;
        }
    }

    /** What it hid comes back when the store is opened again. */
    static class Hides extends Eraser {
        private final Set<ConversationId> hidden = ConcurrentHashMap.newKeySet();

        Hides(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public Erased erase(OwnerId owner) {
            storage().fence(owner);
            List<ConversationId> ids = ids(owner);
            hidden.addAll(ids);
            return new Erased(ids.size(), 0, 0, 0, 0);
        }

        @Override
        protected Optional<ReferenceConversation> current(ConversationId id) {
            return super.current(id).filter(state -> !hidden.contains(id));
        }

        @Override
        protected Optional<ReferenceConversation> visible(ConversationId id) {
            return current(id);
        }

        @Override
        protected Stream<ReferenceConversation> all() {
            return super.all().filter(state -> !hidden.contains(state.head().id()));
        }
    }
}
