package dev.confab.adapter.persistence.file.recovery;

import dev.confab.adapter.persistence.file.disk.DirectoryRefused;
import dev.confab.adapter.persistence.file.disk.Disk;
import dev.confab.adapter.persistence.file.disk.Layout;
import dev.confab.adapter.persistence.file.journal.JournalPosition;
import dev.confab.adapter.persistence.file.journal.SegmentFiles;
import dev.confab.adapter.persistence.file.memory.ConversationEntry;
import dev.confab.adapter.persistence.file.memory.ConversationTable;
import dev.confab.adapter.persistence.file.message.MessageReader;
import dev.confab.adapter.persistence.file.message.MessagesFileReader;
import dev.confab.domain.conversation.ConversationId;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Rebuilds the table of conversations from a data directory.
 *
 * @param position where the journal continues
 * @param dirty conversations that the first checkpoint has to write
 */
public record Recovery(JournalPosition position, Set<ConversationId> dirty) {
    /**
     * Reads everything into an empty table; throws {@link DirectoryRefused} when the format is unknown or the journal is damaged.
     *
     * @param usedCommit a number up to which commit numbers were used, though the conversations may be purged since
     * @param salvage whether to skip what is damaged in the journal instead
     */
    public static Recovery run(Disk disk, Layout layout, ConversationTable table, MessagesFileReader files,
            SegmentFiles segments, long usedCommit, boolean salvage) throws IOException {
        var format = new FormatFile(disk, layout);
        boolean older = format.isOlder();
        var heads = new HeadRecovery(disk, layout, segments.quarantine(), table, files);
        heads.readHeads();
        var commits = new CommitReplay(table, new MessageReader(files), heads, usedCommit);
        var position = new JournalReplay(disk, layout, segments, commits, salvage).replay();
        heads.settleOrphans();
        Set<ConversationId> damaged = table.all().stream().filter(ConversationEntry::isDamaged)
                .map(ConversationEntry::id).collect(Collectors.toSet());
        for (long segment : segments.numbers()) {
            segments.keepCommits(segment, damaged);
        }
        if (older) {
            // Before anything is written that an older Confab would silently skip.
            format.write();
        }
        return new Recovery(position, commits.dirty());
    }
}
