package dev.confab.adapter.persistence.file.backup;

import dev.confab.adapter.persistence.file.checkpoint.Checkpointer;
import dev.confab.adapter.persistence.file.checkpoint.HeadFile;
import dev.confab.adapter.persistence.file.disk.DirectoryRefused;
import dev.confab.adapter.persistence.file.disk.Disk;
import dev.confab.adapter.persistence.file.disk.FileDamaged;
import dev.confab.adapter.persistence.file.disk.Layout;
import dev.confab.adapter.persistence.file.message.MessagesFile;
import dev.confab.adapter.persistence.file.recovery.FormatFile;
import dev.confab.domain.conversation.ConversationId;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies the data directory while it is in use.
 *
 * <p>Why the copy is the state of one moment, the end of the segment that is copied last: while it is made, checkpoints write but delete
 * nothing. So each head names a messages file that is still there, and all segments since the last checkpoint before the copy are there.
 * Heads come first: commits that they lack are in the segments that are copied after them, and replay skips commits that a head already
 * has. The last segment is ended before it is copied, so it holds whole lines only. The high-water mark is the one of the beginning, which
 * demands no more than that. So are the cursors of webhooks: none is ahead of the conversations of the copy, and no event is skipped.
 *
 * <p>Until everything is copied and forced, the copy's format says that it is unfinished, and no store opens it.
 */
public record DirectoryBackup(Disk disk, Layout from, Checkpointer checkpointer) {
    private static final Logger LOG = LoggerFactory.getLogger(DirectoryBackup.class);

    /** Throws {@link DirectoryRefused} unless the target is missing or empty, and outside of the directory that is copied. */
    public BackupReport copyTo(Path target) throws IOException {
        Path root = from.root().toAbsolutePath().normalize();
        Path absolute = target.toAbsolutePath().normalize();
        if (absolute.startsWith(root) || root.startsWith(absolute)) {
            throw new DirectoryRefused("The backup " + absolute + " and the data directory " + root
                    + " must not contain each other.");
        }
        if (disk.exists(absolute) && !disk.list(absolute).isEmpty()) {
            throw new DirectoryRefused("The directory " + absolute + " is not empty; a backup needs a new one.");
        }
        try (var _ = checkpointer.holdDeletions()) {
            return copy(new FileCopy(disk), new Layout(absolute));
        }
    }

    private BackupReport copy(FileCopy files, Layout to) throws IOException {
        var format = new FormatFile(disk, to);
        format.createDirectories();
        format.markUnfinishedBackup();
        files.copy(from.highWaterMark(), to.highWaterMark());
        copyWebhooks(files, to);
        for (ConversationId id : conversations()) {
            copy(files, id, to);
        }
        for (String name : disk.list(from.quarantine())) {
            files.copy(from.quarantine().resolve(name), to.quarantine().resolve(name));
        }
        long last = checkpointer.endSegment();
        for (String name : disk.list(from.journal())) {
            if (Layout.segmentNumber(name).orElse(Long.MAX_VALUE) <= last) {
                files.copy(from.journal().resolve(name), to.journal().resolve(name));
            }
        }
        // The mark may name the newest segment, which is not copied.
        files.write(to.segment(last + 1), new byte[0]);
        if (disk.exists(from.keys())) {
            files.copy(from.keys(), to.keys());
        }
        for (Path directory : List.of(to.conversations(), to.quarantine(), to.journal(), to.cursors(), to.root())) {
            if (disk.exists(directory)) {
                disk.forceDirectory(directory);
            }
        }
        format.write();
        return files.report();
    }

    /** The webhooks and then their cursors; a webhook that is deleted in between has none in the copy, and starts anew there. */
    private void copyWebhooks(FileCopy files, Layout to) throws IOException {
        if (!disk.exists(from.webhooks())) {
            return;
        }
        files.copy(from.webhooks(), to.webhooks());
        disk.createDirectories(to.cursors());
        for (String name : disk.list(from.cursors())) {
            Path cursors = from.cursors().resolve(name);
            try {
                files.write(to.cursors().resolve(name), disk.read(cursors, 0, Integer.MAX_VALUE - 8));
            } catch (NoSuchFileException deleted) {
                LOG.debug("{} was deleted after it was listed, and is not in the backup.", cursors);
            }
        }
    }

    private TreeSet<ConversationId> conversations() throws IOException {
        var ids = new TreeSet<ConversationId>();
        for (String name : disk.list(from.conversations())) {
            Layout.conversationOf(name).ifPresent(ids::add);
        }
        return ids;
    }

    /** The head, and the valid part of the messages file that it names. */
    private void copy(FileCopy files, ConversationId id, Layout to) throws IOException {
        if (!disk.exists(from.head(id))) {
            // It has begun just now, and all of it is in the journal.
            return;
        }
        files.copy(from.head(id), to.head(id));
        try {
            MessagesFile messages = HeadFile.read(disk, to, id).messages().file();
            if (messages.length() > 0) {
                int generation = messages.generation();
                files.copy(from.messages(id, generation), to.messages(id, generation), messages.length());
            }
        } catch (FileDamaged damaged) {
            // The copy is as damaged as the original, and has all that may help to repair it.
            for (String name : disk.list(from.conversations())) {
                if (Layout.isMessages(name) && Layout.conversationOf(name).filter(id::equals).isPresent()) {
                    files.copy(from.conversations().resolve(name), to.conversations().resolve(name));
                }
            }
        }
    }
}
