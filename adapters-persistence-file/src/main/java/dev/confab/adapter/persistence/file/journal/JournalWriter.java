package dev.confab.adapter.persistence.file.journal;

import dev.confab.adapter.persistence.file.disk.DirectoryLock;
import dev.confab.adapter.persistence.file.disk.DirectoryLost;
import dev.confab.adapter.persistence.file.disk.Disk;
import dev.confab.adapter.persistence.file.disk.Layout;
import java.io.Closeable;
import java.io.IOException;
import java.util.Collection;

/**
 * Writes the lines of the journal and numbers them, and records the high-water mark. Only the journal's thread uses it, except for the
 * mark: a checkpoint records it, and {@link #recordEnd} runs when that thread has ended.
 */
public final class JournalWriter implements Closeable {
    private final Disk disk;
    private final Layout layout;
    private final DirectoryLock lock;
    private JournalSegment segment;
    private long lastBatch;
    private long lastCommit;
    /** The last batch that heads hold. */
    private volatile long checkpointed;

    /** Continues after {@code last}, in a new segment, and writes the high-water mark. */
    public JournalWriter(Disk disk, Layout layout, DirectoryLock lock, JournalPosition last) throws IOException {
        this.disk = disk;
        this.layout = layout;
        this.lock = lock;
        this.lastBatch = last.batch();
        this.lastCommit = last.commit();
        this.checkpointed = last.checkpointed();
        this.segment = JournalSegment.create(disk, layout, last.segment() + 1);
        try {
            recordEnd();
        } catch (IOException e) {
            segment.close();
            throw e;
        }
    }

    /** The high-water mark for the time when heads hold everything written so far. */
    HighWaterMark markOfCheckpoint() {
        return new HighWaterMark(segment.number(), lastBatch, lastBatch, lastCommit);
    }

    void recordCheckpoint(HighWaterMark mark) throws IOException {
        mark.write(disk, layout);
        checkpointed = mark.checkpointed();
    }

    /** Writes a high-water mark that covers everything written so far. */
    void recordEnd() throws IOException {
        lock.check();
        new HighWaterMark(segment.number(), checkpointed, lastBatch, lastCommit).write(disk, layout);
    }

    /** Throws {@link DirectoryLost} when the data directory or the segment is not under its path any more. */
    void checkDirectory() throws IOException {
        lock.check();
        segment.check();
    }

    /** Writes the commits as one line and returns its length; {@link #force} must follow or, when this fails, {@link #cutBack}. */
    int write(Collection<PendingCommit> commits) throws IOException {
        byte[] line = JournalLine.of(lastBatch + 1, segment.number(), lastCommit + 1, commits);
        checkDirectory();
        segment.write(line);
        return line.length;
    }

    /** Makes the line durable. When this returns, it is in the directory that the next process will open: see {@link DirectoryLock}. */
    void force() throws IOException {
        segment.force();
        checkDirectory();
        lastBatch++;
    }

    /** The number of the next commit of the line. */
    long nextCommit() {
        return ++lastCommit;
    }

    void cutBack() throws IOException {
        segment.cutBack();
    }

    /** Writes and forces room for a line, and no line; if this fails, {@link #cutBack} must follow. */
    void forceRoom() throws IOException {
        segment.writeRoom();
        segment.force();
    }

    /** Ends the segment and begins the next one. Returns the number of the last ended segment. */
    long rotate() throws IOException {
        lock.check();
        // An empty segment stays the current one: an empty segment before others would be damage.
        if (!segment.isEmpty()) {
            JournalSegment next = JournalSegment.create(disk, layout, segment.number() + 1);
            segment.close();
            segment = next;
        }
        return segment.number() - 1;
    }

    @Override
    public void close() throws IOException {
        segment.close();
    }
}
