package dev.confab.adapter.persistence.file;

import dev.confab.adapter.persistence.file.disk.Disk;
import dev.confab.adapter.persistence.file.disk.Layout;
import dev.confab.adapter.persistence.file.disk.Quarantine;
import dev.confab.adapter.persistence.file.journal.Journal;
import dev.confab.adapter.persistence.file.json.StoredJson;
import dev.confab.adapter.persistence.file.memory.ConversationEntry;
import dev.confab.adapter.persistence.file.memory.ConversationTable;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ConversationStore.Removal;
import dev.confab.domain.port.StorageUnavailable;
import dev.confab.domain.work.Change;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes conversations that cannot be read. First all files of the conversation are moved to quarantine, unless they are there. Then a
 * commit of the journal records the removal, and only after that are the files in quarantine renamed so that they no longer mark the
 * conversation as damaged. After a crash in between, the replay of that commit completes the removal; it keeps the files.
 */
record DamagedConversations(Disk disk, Layout layout, ConversationTable table, Quarantine quarantine, Journal journal) {
    private static final Logger LOG = LoggerFactory.getLogger(DamagedConversations.class);

    /**
     * Removes the damaged conversation of this write permit.
     *
     * @return false when it is not damaged, or its owner is another one or cannot be read
     */
    boolean remove(WritePermit permit, OwnerId owner, Removal removal, Instant at, long deadlineNanos) {
        ConversationEntry entry = permit.entry();
        if (!entry.isDamaged() || !owner(entry).equals(Optional.of(owner))) {
            return false;
        }
        try {
            quarantine.move(disk.list(layout.conversations()).stream()
                    .filter(name -> Layout.conversationOf(name).filter(entry.id()::equals).isPresent()).toList());
            permit.commit(Change.removal(entry.id(), entry.state().head(), at), entry.state().messages().weight(),
                    journal, deadlineNanos);
            quarantine.release(entry.id(), removal);
            entry.clearDamage();
            return true;
        } catch (IOException e) {
            throw new StorageUnavailable("the files of conversation " + entry.id() + " cannot be removed: " + e, e);
        }
    }

    /** The damaged conversations of this owner. */
    List<ConversationId> of(OwnerId owner) {
        return table.all().stream().filter(entry -> entry.isDamaged() && owner(entry).equals(Optional.of(owner)))
                .map(ConversationEntry::id).toList();
    }

    /** From the head in memory, or from the one in quarantine, whose checksum need not be right. */
    private Optional<OwnerId> owner(ConversationEntry entry) {
        return entry.state().head().map(Conversation::owner).or(() -> quarantinedHead(entry.id()));
    }

    private Optional<OwnerId> quarantinedHead(ConversationId id) {
        String head = String.valueOf(layout.head(id).getFileName());
        try {
            for (String name : quarantine.names(id)) {
                if (name.startsWith(head + ".") || name.startsWith(head + "-")) {
                    return StoredJson.ownerOfHead(
                            disk.read(layout.quarantine().resolve(name), 0, Integer.MAX_VALUE - 8));
                }
            }
        } catch (IOException e) {
            LOG.warn(
                    "File store: the head of the damaged conversation {} in quarantine cannot be read, so its owner is unknown: {}",
                    id, e.toString());
        }
        return Optional.empty();
    }
}
