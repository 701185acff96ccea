package dev.confab.adapter.persistence.contract.mutant;

import dev.confab.adapter.persistence.contract.reference.ReferenceStorage;
import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.IncompleteReason;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.query.Page;
import dev.confab.domain.query.SearchHit;
import dev.confab.domain.query.SearchQuery;
import dev.confab.domain.work.Change;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Stores that store messages incorrectly. */
final class MessageMutants {
    private MessageMutants() {
    }

    static class GlobalMessageIds extends ReferenceStore {
        GlobalMessageIds(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected void commit(Change change) {
            for (Message message : change.appended()) {
                if (all().anyMatch(other -> !other.head().id().equals(change.id())
                        && other.message(message.id()).isPresent())) {
                    throw new IllegalArgumentException("message id " + message.id() + " is taken");
                }
            }
            super.commit(change);
        }
    }

    static class IdsNeverFree extends ReferenceStore {
        private final Map<ConversationId, Set<MessageId>> used = new ConcurrentHashMap<>();

        IdsNeverFree(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected void commit(Change change) {
            for (Message message : change.appended()) {
                if (!used.computeIfAbsent(change.id(), any -> ConcurrentHashMap.newKeySet()).add(message.id())) {
                    throw new IllegalArgumentException("message id " + message.id() + " is taken");
                }
            }
            super.commit(change);
        }
    }

    /** Changes each message before it is stored. */
    abstract static class Mangling extends ReferenceStore {
        private final UnaryOperator<Message> edited;
        private final UnaryOperator<Message> appended;

        Mangling(ReferenceStorage storage, Duration lockTimeout, UnaryOperator<Message> edited,
                UnaryOperator<Message> appended) {
            super(storage, lockTimeout);
            this.edited = edited;
            this.appended = appended;
        }

        @Override
        protected void commit(Change change) {
            super.commit(new Change(change.id(), change.before(), change.after(), change.events(), change.keptCount(),
                    change.edited().stream().map(edited).toList(), change.appended().stream().map(appended).toList(),
                    change.sessionEvents(), change.activity(), change.token()));
        }
    }

    static class ForgetsTheDraft extends Mangling {
        ForgetsTheDraft(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout, m -> new Message(m.id(), m.position(), m.role(), m.author(), m.text(),
                    m.data(), m.metadata(), m.createdAt(), m.editedAt(), m.removedAt(), m.version(),
                    m.isRemoved() ? m.digest() : Samples.digest(m.text()), m.incomplete()), UnaryOperator.identity());
        }
    }

    static class TrimmedText extends Mangling {
        TrimmedText(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout, m -> withText(m, m.text().strip()), m -> withText(m, m.text().strip()));
        }
    }

    static class NormalizedText extends Mangling {
        NormalizedText(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout, UnaryOperator.identity(),
                    m -> withText(m, Normalizer.normalize(m.text(), Normalizer.Form.NFC)));
        }
    }

    static class LostData extends Mangling {
        LostData(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout, UnaryOperator.identity(),
                    m -> new Message(m.id(), m.position(), m.role(), m.author(), m.text(), Optional.empty(),
                            m.metadata(), m.createdAt(), m.editedAt(), m.removedAt(), m.version(), m.digest(),
                            m.incomplete()));
        }
    }

    static class LostAuthors extends Mangling {
        LostAuthors(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout, UnaryOperator.identity(),
                    m -> new Message(m.id(), m.position(), m.role(), Optional.empty(), m.text(), m.data(), m.metadata(),
                            m.createdAt(), m.editedAt(), m.removedAt(), m.version(), m.digest(), m.incomplete()));
        }
    }

    /** A removal changes the version of the message and leaves the rest in the storage. */
    static class RemovalsOfTheVersionOnly extends ReferenceStore {
        RemovalsOfTheVersionOnly(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected void commit(Change change) {
            super.commit(new Change(change.id(), change.before(), change.after(), change.events(), change.keptCount(),
                    change.edited().stream()
                            .map(message -> message.isRemoved() ? before(change.id(), message) : message)
                            .toList(),
                    change.appended(), change.sessionEvents(), change.activity(), change.token()));
        }

        private Message before(ConversationId id, Message removed) {
            Message m = current(id).orElseThrow().message(removed.id()).orElseThrow();
            return new Message(m.id(), m.position(), m.role(), m.author(), m.text(), m.data(), m.metadata(),
                    m.createdAt(), m.editedAt(), Optional.empty(), removed.version(), m.digest(), m.incomplete());
        }
    }

    /** The search index is not told of removals. */
    static class RemovedStayFound extends ReferenceStore {
        private final Map<MessageId, Message> indexed = new ConcurrentHashMap<>();

        RemovedStayFound(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected void commit(Change change) {
            super.commit(change);
            Stream.concat(change.edited().stream(), change.appended().stream())
                    .filter(message -> !message.isRemoved()).forEach(message -> indexed.put(message.id(), message));
        }

        @Override
        public Page<SearchHit, SearchQuery.Key> search(OwnerId owner, SearchQuery query, Instant now) {
            var found = super.search(owner, query, now);
            var hits = new ArrayList<>(found.items());
            all().forEach(state -> state.messages().stream().filter(Message::isRemoved)
                    .flatMap(message -> Optional.ofNullable(indexed.get(message.id())).stream())
                    .filter(message -> query.matches(message.text()))
                    .forEach(message -> hits.add(SearchHit.on(state.head(), message, query))));
            return new Page<>(hits, found.next());
        }
    }

    static class LostMarks extends Mangling {
        LostMarks(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout, UnaryOperator.identity(),
                    m -> withMark(m, Optional.empty()));
        }
    }

    /** An edit does not reach the column of the mark. */
    static class MarksOutliveTheirText extends ReferenceStore {
        MarksOutliveTheirText(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected void commit(Change change) {
            super.commit(new Change(change.id(), change.before(), change.after(), change.events(), change.keptCount(),
                    change.edited().stream().map(message -> withOldMark(change.id(), message)).toList(),
                    change.appended(), change.sessionEvents(), change.activity(), change.token()));
        }

        private Message withOldMark(ConversationId id, Message m) {
            Optional<IncompleteReason> mark = all().filter(state -> state.head().id().equals(id))
                    .flatMap(state -> state.message(m.id()).stream()).findFirst().flatMap(Message::incomplete);
            return withMark(m, mark);
        }
    }

    /** Reads times as dates of the Julian calendar if they are before the Gregorian calendar was introduced. */
    static class JulianTimes extends Mangling {
        private static final Instant GREGORIAN = Instant.parse("1582-10-15T00:00:00Z");

        JulianTimes(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout, UnaryOperator.identity(), m -> new Message(m.id(), m.position(), m.role(),
                    m.author(), m.text(), m.data(), m.metadata(), shifted(m.createdAt()), m.editedAt(), m.removedAt(),
                    m.version(), m.digest(), m.incomplete()));
        }

        private static Instant shifted(Instant time) {
            return time.isBefore(GREGORIAN) ? time.plus(Duration.ofDays(10)) : time;
        }
    }

    private static Message withText(Message m, String text) {
        return new Message(m.id(), m.position(), m.role(), m.author(), text, m.data(), m.metadata(), m.createdAt(),
                m.editedAt(), m.removedAt(), m.version(), m.digest(), m.incomplete());
    }

    private static Message withMark(Message m, Optional<IncompleteReason> mark) {
        return new Message(m.id(), m.position(), m.role(), m.author(), m.text(), m.data(), m.metadata(), m.createdAt(),
                m.editedAt(), m.removedAt(), m.version(), m.digest(), mark);
    }
}
