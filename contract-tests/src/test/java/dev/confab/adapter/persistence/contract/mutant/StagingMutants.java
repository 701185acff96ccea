package dev.confab.adapter.persistence.contract.mutant;

import dev.confab.adapter.persistence.contract.mutant.Mutants.Mutant;
import dev.confab.adapter.persistence.contract.reference.ReferenceConversation;
import dev.confab.adapter.persistence.contract.reference.ReferenceStorage;
import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.adapter.persistence.contract.reference.ReferenceWebhookStore;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.work.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Stores that do not keep to themselves what is not complete, or lose a part of it. */
final class StagingMutants {
    static final List<Mutant> ALL = List.of(
            Mutants.mutant("S21", "finds a staged conversation", Finds::new),
            Mutants.mutant("S21", "tells listeners of a staged conversation", TellsListeners::new),
            Mutants.webhookMutant("S21", "tells webhooks of a staged conversation", TellsWebhooks::new),
            Mutants.mutant("S21", "keeps what is staged in memory only", StagesInMemory::new),
            Mutants.mutant("S21", "cannot read a long conversation that is complete", StaysHidden::new));

    private StagingMutants() {
    }

    static class Finds extends ReferenceStore {
        Finds(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public Optional<Conversation> find(ConversationId id, Instant now) {
            return super.find(id, now).or(() -> super.find(id, Instant.MIN).filter(Conversation::isStaged));
        }
    }

    static class TellsListeners extends ReferenceStore {
        TellsListeners(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected boolean isToTell(Change change) {
            return true;
        }
    }

    static class StagesInMemory extends ReferenceStore {
        private final Map<ConversationId, ReferenceConversation> staged = new ConcurrentHashMap<>();

        StagesInMemory(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected void commit(Change change) {
            Optional<ReferenceConversation> after = ReferenceConversation.after(current(change.id()), change);
            staged.remove(change.id());
            if (change.after().filter(Conversation::isStaged).isPresent()) {
                staged.put(change.id(), after.orElseThrow());
            } else {
                storage().write(change.id(), after);
            }
        }

        @Override
        protected Optional<ReferenceConversation> current(ConversationId id) {
            return Optional.ofNullable(staged.get(id)).or(() -> super.current(id));
        }
    }

    static class StaysHidden extends ReferenceStore {
        StaysHidden(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected Optional<ReferenceConversation> visible(ConversationId id) {
            return super.visible(id).filter(state -> state.head().messageCount() < 50);
        }
    }

    static class TellsWebhooks extends ReferenceWebhookStore {
        TellsWebhooks(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        protected boolean isToTell(ReferenceConversation state, OwnerId owner) {
            return state.head().owner().equals(owner);
        }
    }
}
