package dev.confab.adapter.persistence.file.repair;

import dev.confab.adapter.persistence.file.checkpoint.HeadFile;
import dev.confab.adapter.persistence.file.disk.Disk;
import dev.confab.adapter.persistence.file.disk.FileDamaged;
import dev.confab.adapter.persistence.file.disk.Layout;
import dev.confab.adapter.persistence.file.disk.LineScanner;
import dev.confab.adapter.persistence.file.json.StoredJson;
import dev.confab.adapter.persistence.file.memory.ConversationEntry;
import dev.confab.adapter.persistence.file.memory.ConversationState;
import dev.confab.adapter.persistence.file.memory.ConversationTable;
import dev.confab.adapter.persistence.file.message.MessageReader;
import dev.confab.adapter.persistence.file.message.MessagesFile;
import dev.confab.adapter.persistence.file.message.MessagesFileReader;
import dev.confab.adapter.persistence.file.message.MessagesFileWriter;
import dev.confab.adapter.persistence.file.recovery.CommitReplay;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;

/**
 * A conversation from quarantine, read and checked in a directory of its own: its head, its messages file and the commits of the journal
 * that came after. Nothing in quarantine or in the store's own files is changed by that.
 */
record StagedConversation(Disk disk, Layout staging, MessagesFileReader files, ConversationEntry entry) {
    static final String PURGED = "a later commit has deleted it permanently; drop it";

    /** Throws {@link FileDamaged} when the conversation cannot be read or lacks something. */
    static StagedConversation of(Disk disk, Layout layout, ConversationId id, List<String> names) throws IOException {
        var staging = staging(layout);
        clear(disk, layout);
        disk.createDirectories(staging.conversations());
        for (String name : names) {
            String original = Layout.withoutCorrupt(name);
            if (isCommits(original)) {
                continue;
            }
            if (original.equals(id + ".json") || Layout.isMessages(original)) {
                disk.replace(staging.conversations().resolve(original),
                        disk.read(layout.quarantine().resolve(name), 0, Integer.MAX_VALUE - 8));
            } else {
                throw new FileDamaged("quarantine/" + name + " is a second version of one of its files; keep the right"
                        + " one under the name without the number, and move the other one out of quarantine");
            }
        }
        if (!disk.exists(staging.head(id))) {
            throw new FileDamaged("quarantine/" + id + ".json.corrupt, its head, is missing");
        }
        ConversationState state = HeadFile.read(disk, staging, id);
        MessagesFile messages = state.messages().file();
        if (messages.length() > 0 && !disk.exists(staging.messages(id, messages.generation()))) {
            throw new FileDamaged("quarantine/" + id + "." + messages.generation()
                    + ".jsonl.corrupt, its messages file, is missing");
        }
        var files = new MessagesFileReader(disk, staging, 1 << 20);
        files.verify(id, messages);
        var table = new ConversationTable();
        var staged = new StagedConversation(disk, staging, files, table.put(id, state));
        var replay = new CommitReplay(table, new MessageReader(files), _ -> {
        }, 0);
        for (String name : names) {
            if (isCommits(Layout.withoutCorrupt(name))) {
                staged.repeat(replay, layout.quarantine().resolve(name));
            }
        }
        if (staged.entry.isDamaged()) {
            throw new FileDamaged(staged.entry.damage().orElseThrow());
        }
        return staged;
    }

    private static Layout staging(Layout layout) {
        return new Layout(layout.root().resolve("restore" + Layout.UNFINISHED));
    }

    /** Deletes the directory with the staged files. */
    static void clear(Disk disk, Layout layout) throws IOException {
        Layout staging = staging(layout);
        if (disk.exists(staging.conversations())) {
            for (String left : disk.list(staging.conversations())) {
                disk.delete(staging.conversations().resolve(left));
            }
            disk.delete(staging.conversations());
        }
        disk.delete(staging.root());
    }

    /** Names of commits sort in the order of their segments. */
    static boolean isCommits(String original) {
        return original.contains(".journal-") && original.endsWith(".jsonl");
    }

    private void repeat(CommitReplay replay, Path commits) throws IOException {
        try {
            LineScanner.scan(disk, commits, Long.MAX_VALUE, (bytes, from, length, offset) -> {
                replay.replay(StoredJson.MAPPER.readTree(new String(bytes, from, length, StandardCharsets.UTF_8)));
                return true;
            });
        } catch (JacksonException | IllegalArgumentException e) {
            throw new FileDamaged("quarantine/" + commits.getFileName() + " cannot be read: " + StoredJson.reason(e));
        }
    }

    /** Moves the conversation into place, complete and durable. */
    void moveInto(Layout layout) throws IOException {
        Conversation head = entry.state().head().orElseThrow(() -> new FileDamaged(PURGED));
        MessagesFile written = new MessagesFileWriter(disk, staging, files).write(entry.id(),
                entry.state().messages(), head.version().value());
        HeadFile.write(disk, staging, entry.id(), entry.state().checkpointed(written));
        if (disk.exists(layout.head(entry.id()))) {
            throw new FileDamaged("conversations/ has a conversation with this id already, of an interrupted restore or"
                    + " of a backup; move its files elsewhere, or drop those in quarantine");
        }
        Path messages = staging.messages(entry.id(), written.generation());
        if (disk.exists(messages)) {
            disk.rename(messages, layout.messages(entry.id(), written.generation()));
        }
        disk.rename(staging.head(entry.id()), layout.head(entry.id()));
        disk.forceDirectory(layout.conversations());
    }
}
