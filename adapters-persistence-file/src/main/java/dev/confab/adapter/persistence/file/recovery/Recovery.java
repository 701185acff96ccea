package dev.confab.adapter.persistence.file.recovery;

import dev.confab.adapter.persistence.file.disk.DirectoryRefused;
import dev.confab.adapter.persistence.file.disk.Disk;
import dev.confab.adapter.persistence.file.disk.FileDamaged;
import dev.confab.adapter.persistence.file.disk.Layout;
import dev.confab.adapter.persistence.file.health.HealthMonitor;
import dev.confab.adapter.persistence.file.journal.HighWaterMark;
import dev.confab.adapter.persistence.file.journal.JournalPosition;
import dev.confab.adapter.persistence.file.journal.SegmentFiles;
import dev.confab.adapter.persistence.file.memory.ConversationEntry;
import dev.confab.adapter.persistence.file.memory.ConversationTable;
import dev.confab.adapter.persistence.file.message.MessageReader;
import dev.confab.adapter.persistence.file.message.MessagesFileReader;
import dev.confab.domain.conversation.ConversationId;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Rebuilds the table of conversations from a data directory.
 *
 * @param position where the journal continues
 * @param dirty conversations that the first checkpoint has to write
 * @param older whether the directory is new or has an older format: {@link #markFormat} marks it with this one
 */
public record Recovery(JournalPosition position, Set<ConversationId> dirty, boolean older) {
    /**
     * Reads everything into an empty table; throws {@link DirectoryRefused} when the format is unknown, or when the
     * journal is damaged or lacks commits.
     *
     * @param usedCommit a number up to which commit numbers were used, though the conversations may be purged since
     * @param salvage whether to skip damaged parts of the journal instead, and to report that to {@code health}
     */
    public static Recovery run(Disk disk, Layout layout, ConversationTable table, MessagesFileReader files,
            SegmentFiles segments, long usedCommit, boolean salvage, HealthMonitor health) throws IOException {
        var format = new FormatFile(disk, layout);
        FormatFile.Age age = format.age();
        var heads = new HeadRecovery(disk, layout, segments.quarantine(), table, files);
        heads.readHeads();
        var damage = new JournalDamage(layout, salvage);
        Optional<HighWaterMark> mark = age == FormatFile.Age.WITHOUT_MARK
                ? Optional.empty()
                : readMark(disk, layout, damage);
        long lastUsed = Math.max(usedCommit, mark.map(HighWaterMark::commit).orElse(0L));
        var commits = new CommitReplay(table, new MessageReader(files), heads, lastUsed);
        var position = new JournalReplay(disk, layout, segments, commits, mark, damage).replay();
        damage.report(health);
        heads.settleOrphans();
        Set<ConversationId> damaged = table.all().stream().filter(ConversationEntry::isDamaged)
                .map(ConversationEntry::id).collect(Collectors.toSet());
        for (long segment : segments.numbers()) {
            segments.keepCommits(segment, damaged);
        }
        return new Recovery(position, commits.dirty(), age != FormatFile.Age.CURRENT);
    }

    private static Optional<HighWaterMark> readMark(Disk disk, Layout layout, JournalDamage damage)
            throws IOException {
        try {
            return Optional.of(HighWaterMark.read(disk, layout));
        } catch (FileDamaged e) {
            damage.found(e.reason() + ", so it is unknown whether the journal is complete");
            return Optional.empty();
        }
    }

    /**
     * Marks a new or older directory with the current format, after the journal has written its high-water mark, which this format
     * demands, and before anything is written that an older Confab would silently skip.
     */
    public void markFormat(Disk disk, Layout layout) throws IOException {
        if (older) {
            new FormatFile(disk, layout).write();
        }
    }
}
