package dev.confab.adapter.persistence.contract.mutant;

import dev.confab.adapter.persistence.contract.reference.ReferenceStorage;
import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.IncompleteReason;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.work.Change;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

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
            super(storage, lockTimeout, m -> new Message(m.id(), m.position(), m.role(), m.text(), m.data(),
                    m.metadata(), m.createdAt(), m.editedAt(), m.version(), Samples.digest(m.text()), m.incomplete()),
                    UnaryOperator.identity());
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
                    m -> new Message(m.id(), m.position(), m.role(), m.text(), Optional.empty(), m.metadata(),
                            m.createdAt(), m.editedAt(), m.version(), m.digest(), m.incomplete()));
        }
    }

    static class LostMarks extends Mangling {
        LostMarks(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout, UnaryOperator.identity(),
                    m -> new Message(m.id(), m.position(), m.role(), m.text(), m.data(), m.metadata(), m.createdAt(),
                            m.editedAt(), m.version(), m.digest()));
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
            return new Message(m.id(), m.position(), m.role(), m.text(), m.data(), m.metadata(), m.createdAt(),
                    m.editedAt(), m.version(), m.digest(), mark);
        }
    }

    /** Reads times as dates of the Julian calendar if they are before the Gregorian calendar was introduced. */
    static class JulianTimes extends Mangling {
        private static final Instant GREGORIAN = Instant.parse("1582-10-15T00:00:00Z");

        JulianTimes(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout, UnaryOperator.identity(), m -> new Message(m.id(), m.position(), m.role(),
                    m.text(), m.data(), m.metadata(), shifted(m.createdAt()), m.editedAt(), m.version(), m.digest()));
        }

        private static Instant shifted(Instant time) {
            return time.isBefore(GREGORIAN) ? time.plus(Duration.ofDays(10)) : time;
        }
    }

    private static Message withText(Message m, String text) {
        return new Message(m.id(), m.position(), m.role(), text, m.data(), m.metadata(), m.createdAt(), m.editedAt(),
                m.version(), m.digest(), m.incomplete());
    }
}
