package dev.confab.adapter.persistence.file.recovery;

import dev.confab.adapter.persistence.file.checkpoint.HeadFile;
import dev.confab.adapter.persistence.file.disk.Disk;
import dev.confab.adapter.persistence.file.disk.FileDamaged;
import dev.confab.adapter.persistence.file.disk.Layout;
import dev.confab.adapter.persistence.file.disk.Quarantine;
import dev.confab.adapter.persistence.file.memory.ConversationEntry;
import dev.confab.adapter.persistence.file.memory.ConversationState;
import dev.confab.adapter.persistence.file.memory.ConversationTable;
import dev.confab.adapter.persistence.file.message.MessagesFile;
import dev.confab.adapter.persistence.file.message.MessagesFileReader;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.ConversationStore.Removal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the conversations' own files into the table. Those of a damaged conversation go to quarantine, and the rest opens. */
record HeadRecovery(Disk disk, Layout layout, Quarantine quarantine, ConversationTable table,
        MessagesFileReader files) implements CommitReplay.OnDamage {
    private static final Logger LOG = LoggerFactory.getLogger(HeadRecovery.class);

    /** Reads all heads and checks their messages files. Conversations that are in quarantine stay damaged. */
    void readHeads() throws IOException {
        // A process that was killed may have left names in the page cache alone. They must be durable before the files of older
        // generations are deleted.
        disk.forceDirectory(layout.conversations());
        var names = new HashMap<ConversationId, List<String>>();
        for (String name : disk.list(layout.conversations())) {
            if (name.endsWith(Layout.UNFINISHED)) {
                disk.delete(layout.conversations().resolve(name));
            } else {
                Layout.conversationOf(name).ifPresentOrElse(id -> add(names, id, name),
                        () -> LOG.warn("Recovery: skipping conversations/{}, which is not a file of the store", name));
            }
        }
        quarantine.conversations()
                .forEach(id -> table.put(id, ConversationState.ABSENT).markDamaged("it has files in quarantine"));
        try {
            // Reading and checking takes most of the time of an opening, and conversations do not depend on each other.
            names.entrySet().parallelStream().forEach(entry -> readConversation(entry.getKey(), entry.getValue()));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void readConversation(ConversationId id, List<String> names) {
        try {
            if (table.find(id).isPresent()) {
                quarantine.move(names);
            } else if (names.contains(layout.head(id).getFileName().toString())) {
                readHead(id, names);
            }
            // Messages files without a head wait for the journal: see settleOrphans.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readHead(ConversationId id, List<String> names) throws IOException {
        try {
            ConversationState state = HeadFile.read(disk, layout, id);
            MessagesFile file = state.messages().file();
            String current = layout.messages(id, file.generation()).getFileName().toString();
            if (file.length() > 0 && !names.contains(current)) {
                throw new FileDamaged("its messages file is missing");
            }
            files.verify(id, file);
            table.put(id, state);
            for (String name : names) {
                if (Layout.isMessages(name) && !name.equals(current)) {
                    disk.delete(layout.conversations().resolve(name));
                }
            }
        } catch (FileDamaged e) {
            quarantine.move(names);
            table.put(id, ConversationState.ABSENT).markDamaged(e.reason() + "; its files are in quarantine");
        }
    }

    /**
     * Settles messages files without a head, after the journal was replayed. If the journal has the conversation, the process died before
     * its first head, and the journal has all its messages. If not, the head is lost, because a purge deletes the messages first.
     */
    void settleOrphans() throws IOException {
        var lost = new HashMap<ConversationId, List<String>>();
        for (String name : disk.list(layout.conversations())) {
            Optional<ConversationId> id = Layout.conversationOf(name);
            Optional<ConversationEntry> entry = id.flatMap(table::find);
            if (id.isPresent() && entry.isEmpty()) {
                add(lost, id.get(), name);
            } else if (Layout.isMessages(name) && entry.filter(HeadRecovery::hasNoFile).isPresent()) {
                disk.delete(layout.conversations().resolve(name));
            }
        }
        for (var orphan : lost.entrySet()) {
            quarantine.move(orphan.getValue());
            table.put(orphan.getKey(), ConversationState.ABSENT)
                    .markDamaged("its head is missing; its messages are in quarantine");
        }
    }

    private static void add(Map<ConversationId, List<String>> names, ConversationId id, String name) {
        names.computeIfAbsent(id, _ -> new ArrayList<>()).add(name);
    }

    private static boolean hasNoFile(ConversationEntry entry) {
        return !entry.isDamaged() && entry.state().messages().file().generation() == 0;
    }

    /** Completes the removal, which a crash may have interrupted. The files stay, under other names. */
    @Override
    public void removed(ConversationEntry entry) throws IOException {
        if (entry.isDamaged()) {
            quarantine.release(entry.id(), Removal.DELETE);
            entry.clearDamage();
        }
    }

    /** Moves all files of a conversation to quarantine. */
    @Override
    public void damaged(ConversationId id) throws IOException {
        quarantine.move(disk.list(layout.conversations()).stream()
                .filter(name -> Layout.conversationOf(name).filter(id::equals).isPresent()).toList());
    }
}
