package dev.confab.adapter.persistence.contract.mutant;

import static dev.confab.adapter.persistence.contract.mutant.Mutants.mutant;

import dev.confab.adapter.persistence.contract.reference.ReferenceConversation;
import dev.confab.adapter.persistence.contract.reference.ReferenceStorage;
import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.query.Usage;
import dev.confab.domain.work.Change;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Stores that count wrongly what an owner has. */
final class UsageMutants {
    static final List<Mutants.Mutant> ALL = List.of(
            mutant("U1", "counts the conversations of all owners",
                    (storage, timeout) -> new CountsOnly(storage, timeout, _ -> true, true)),
            mutant("U1", "does not count the bin",
                    (storage, timeout) -> new CountsOnly(storage, timeout, state -> !state.head().isDeleted(), false)),
            mutant("U1", "counts characters instead of bytes", CountsCharacters::new),
            mutant("U1", "never subtracts what is removed", NeverSubtracts::new),
            mutant("U2", "caches usages for ever", CachesUsages::new),
            mutant("U3", "allows to read a usage within a transaction", ReadsInsideATransaction::new));

    private UsageMutants() {
    }

    private static Usage usage(Stream<ReferenceConversation> states) {
        return states.map(state -> new Usage(1, state.messages().size(),
                state.messages().stream().mapToLong(Message::weight).sum())).reduce(Usage.NONE, Usage::plus);
    }

    private static class CountsOnly extends ReferenceStore {
        private final Predicate<ReferenceConversation> counted;
        private final boolean ofAll;

        CountsOnly(ReferenceStorage storage, Duration lockTimeout, Predicate<ReferenceConversation> counted,
                boolean ofAll) {
            super(storage, lockTimeout);
            this.counted = counted;
            this.ofAll = ofAll;
        }

        @Override
        public Usage usage(OwnerId owner) {
            return UsageMutants.usage(
                    all().filter(counted).filter(state -> ofAll || state.head().owner().equals(owner)));
        }
    }

    private static class CountsCharacters extends ReferenceStore {
        CountsCharacters(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public Usage usage(OwnerId owner) {
            Usage right = super.usage(owner);
            long characters = all().filter(state -> state.head().owner().equals(owner))
                    .flatMap(state -> state.messages().stream())
                    .mapToLong(message -> 256 + message.text().length() + message.data().map(String::length).orElse(0))
                    .sum();
            return new Usage(right.conversations(), right.messages(), characters);
        }
    }

    private static class NeverSubtracts extends ReferenceStore {
        private final ConcurrentHashMap<OwnerId, Long> bytes = new ConcurrentHashMap<>();

        NeverSubtracts(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected void commit(Change change) {
            super.commit(change);
            long added = Stream.concat(change.edited().stream(), change.appended().stream()).mapToLong(Message::weight)
                    .sum();
            change.after().ifPresent(head -> bytes.merge(head.owner(), added, Long::sum));
        }

        @Override
        public Usage usage(OwnerId owner) {
            Usage right = super.usage(owner);
            return new Usage(right.conversations(), right.messages(), bytes.getOrDefault(owner, right.bytes()));
        }
    }

    private static class CachesUsages extends ReferenceStore {
        private final ConcurrentHashMap<OwnerId, Usage> cache = new ConcurrentHashMap<>();

        CachesUsages(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public Usage usage(OwnerId owner) {
            return cache.computeIfAbsent(owner, super::usage);
        }
    }

    private static class ReadsInsideATransaction extends ReferenceStore {
        ReadsInsideATransaction(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public Usage usage(OwnerId owner) {
            return UsageMutants.usage(all().filter(state -> state.head().owner().equals(owner)));
        }
    }
}
