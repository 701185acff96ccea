package dev.confab.adapter.persistence.contract.mutant;

import dev.confab.adapter.persistence.contract.reference.ReferenceStorage;
import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.Times;
import dev.confab.domain.work.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;

/** Stores that store times and versions of conversations incorrectly. */
final class HeadMutants {
    private HeadMutants() {
    }

    /** Changes the head after a commit, given the one before, when there are both. */
    abstract static class Mangling extends ReferenceStore {
        private final BinaryOperator<Conversation> stored;

        Mangling(ReferenceStorage storage, Duration lockTimeout, BinaryOperator<Conversation> stored) {
            super(storage, lockTimeout);
            this.stored = stored;
        }

        @Override
        protected void commit(Change change) {
            Optional<Conversation> after = change.after().map(head -> change.before()
                    .filter(_ -> !change.purges()).map(before -> stored.apply(before, head)).orElse(head));
            super.commit(new Change(change.id(), change.before(), after, change.events(), change.keptCount(),
                    change.edited(), change.appended(), change.sessionEvents(), change.activity(), change.token()));
        }
    }

    /** An update leaves the column out. */
    static class CreationTimesStay extends Mangling {
        CreationTimesStay(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout,
                    (before, head) -> withTimes(head, before.createdAt(), head.updatedAt(), head.deletedAt()));
        }
    }

    /** The greatest of the column's old and new value. */
    static class UpdateTimesNeverGoBack extends Mangling {
        UpdateTimesNeverGoBack(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout, (before, head) -> withTimes(head, head.createdAt(),
                    Times.later(before.updatedAt(), head.updatedAt()), head.deletedAt()));
        }
    }

    static class DeletedAtTheLastChange extends Mangling {
        DeletedAtTheLastChange(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout, (before, head) -> withTimes(head, head.createdAt(), head.updatedAt(),
                    head.deletedAt().map(at -> Times.later(before.updatedAt(), at))));
        }
    }

    /** Counts for itself, and finds no version after the highest. */
    static class OverflowingVersions extends Mangling {
        OverflowingVersions(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout, (before, head) -> {
                long _ = Math.addExact(before.version().value(), 1);
                return head;
            });
        }
    }

    static class FindsNoLateDeletions extends ReferenceStore {
        FindsNoLateDeletions(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public List<Conversation> deletedAfter(Instant time, int limit) {
            return List.of();
        }
    }

    private static Conversation withTimes(Conversation head, Instant createdAt, Instant updatedAt,
            Optional<Instant> deletedAt) {
        return new Conversation(head.id(), head.owner(), head.title(), head.metadata(), head.filing(), head.version(),
                head.messageCount(), createdAt, updatedAt, deletedAt, head.expiresAt(), head.origin(), head.digest());
    }
}
