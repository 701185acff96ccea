package dev.confab.adapter.persistence.file;

import dev.confab.adapter.persistence.file.memory.ConversationEntry;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.StoredConversations;
import dev.confab.domain.query.StoredWindow;
import dev.confab.domain.query.Window;
import dev.confab.domain.work.UnitOfWork;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads everything that is stored. */
record FileStoredReads(Snapshots snapshots, FileConversationReads reads, DamagedConversations damaged)
        implements
            StoredConversations {

    /** Scans the heads, which are in memory. One that exists all the while meets the scan exactly once. */
    @Override
    public List<ConversationId> ids(Optional<OwnerId> owner, Optional<ConversationId> after, int limit) {
        UnitOfWork.requireOutsideTransaction();
        Set<ConversationId> unreadable = owner.map(damaged::of).map(Set::copyOf).orElse(Set.of());
        return snapshots.table().all().stream().filter(entry -> entry.isDamaged()
                ? owner.isEmpty() || unreadable.contains(entry.id())
                : entry.state().head().filter(head -> owner.isEmpty() || owner.get().equals(head.owner())).isPresent())
                .map(ConversationEntry::id).filter(id -> after.isEmpty() || id.compareTo(after.get()) > 0).sorted()
                .limit(limit).toList();
    }

    @Override
    public Optional<StoredWindow> read(ConversationId id, Window window) {
        UnitOfWork.requireOutsideTransaction();
        Optional<ConversationEntry> found = snapshots.table().find(id);
        found.ifPresent(Snapshots::refuseDamaged);
        return found.flatMap(entry -> snapshots.any(entry, state -> {
            Optional<Conversation> head = state.head();
            return head.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new StoredWindow(reads.window(id, state, window), state.activity()));
        }));
    }
}
