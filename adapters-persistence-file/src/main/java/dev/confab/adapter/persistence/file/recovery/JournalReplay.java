package dev.confab.adapter.persistence.file.recovery;

import dev.confab.adapter.persistence.file.disk.DirectoryRefused;
import dev.confab.adapter.persistence.file.disk.Disk;
import dev.confab.adapter.persistence.file.disk.Layout;
import dev.confab.adapter.persistence.file.disk.LineScanner;
import dev.confab.adapter.persistence.file.journal.HighWaterMark;
import dev.confab.adapter.persistence.file.journal.JournalPosition;
import dev.confab.adapter.persistence.file.journal.JournalSegment;
import dev.confab.adapter.persistence.file.journal.SegmentFiles;
import dev.confab.adapter.persistence.file.json.StoredJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Reads the segments of the journal, oldest first, and passes their commits on. A torn write at the end, which a crash explains, is cut
 * off. Anything else is damage, for which the directory is refused: commits of any conversation may be lost.
 */
final class JournalReplay {
    private static final Logger LOG = LoggerFactory.getLogger(JournalReplay.class);

    private final Disk disk;
    private final Layout layout;
    private final SegmentFiles segments;
    private final CommitReplay commits;
    private final Optional<HighWaterMark> mark;
    private final JournalDamage damage;
    /** The numbers of the first and the last line; 0 when there is none. */
    private long firstBatch;
    private long lastBatch;

    /** @param mark which part of the journal must be there; empty for a directory without a high-water mark */
    JournalReplay(Disk disk, Layout layout, SegmentFiles segments, CommitReplay commits, Optional<HighWaterMark> mark,
            JournalDamage damage) {
        this.disk = disk;
        this.layout = layout;
        this.segments = segments;
        this.commits = commits;
        this.mark = mark;
        this.damage = damage;
    }

    /** Replays all segments, and tells where the journal continues. */
    JournalPosition replay() throws IOException {
        for (String name : disk.list(layout.journal())) {
            if (name.endsWith(Layout.UNFINISHED)) {
                disk.delete(layout.journal().resolve(name));
            }
        }
        List<Long> numbers = segments.numbers();
        if (mark.filter(demand -> !numbers.contains(demand.segment())).isPresent()) {
            damage.found(name(mark.get().segment()) + " is missing, and commits may have been in it");
        }
        long lastWritten = lastWritten(numbers);
        long lastSegment = numbers.isEmpty() ? 0 : numbers.getFirst() - 1;
        long bytes = 0;
        for (long segment : numbers) {
            long valid = replay(segment, segment >= lastWritten);
            if (valid == 0 && segment < lastWritten) {
                damage.found(name(segment) + " is empty, but later segments are not");
            }
            bytes += valid;
            lastSegment = valid > 0 ? segment : lastSegment;
        }
        if (mark.isPresent()) {
            checkComplete(mark.get());
        }
        long batch = lastBatch > 0 ? lastBatch : mark.map(HighWaterMark::batch).orElse(0L);
        long beforeFirst = firstBatch > 0 ? firstBatch - 1 : batch;
        // After damage, the next high-water mark demands only the commits that were found.
        long checkpointed = damage.isFound() ? batch : mark.map(HighWaterMark::checkpointed).orElse(beforeFirst);
        return new JournalPosition(lastSegment, checkpointed, batch, commits.lastCommit(), bytes);
    }

    /** The journal must have all batches after the last checkpoint. Those between its first and its last line are checked line by line. */
    private void checkComplete(HighWaterMark demand) throws DirectoryRefused {
        if (firstBatch > demand.checkpointed() + 1) {
            damage.found("the journal begins with batch " + firstBatch + ", but the last checkpoint ended with batch "
                    + demand.checkpointed());
        }
        long last = Math.max(lastBatch, demand.checkpointed());
        if (last < demand.batch()) {
            damage.found("the journal ends with batch " + last + ", but batch " + demand.batch() + " with commit "
                    + demand.commit() + " was durable when it was last recorded");
        }
    }

    /** An empty segment may follow it, if the store failed to create it completely and continued with the one before. */
    private long lastWritten(List<Long> numbers) throws IOException {
        for (long segment : numbers.reversed()) {
            if (disk.size(layout.segment(segment)) > 0) {
                return segment;
            }
        }
        return 0;
    }

    /** Returns the valid length of the segment. */
    private long replay(long segment, boolean isLast) throws IOException {
        Path path = layout.segment(segment);
        long size = disk.size(path);
        long valid = LineScanner.scan(disk, path, size, this::replayLine);
        if (valid < size) {
            valid = settleRest(segment, isLast, valid, size);
        }
        if (isLast && size > 0) {
            // After a failed force the page cache may hold what the disk does not, and reading it here proves nothing. So what is
            // served from now on is written again and forced.
            disk.replace(path, disk.read(path, 0, Math.toIntExact(valid)));
            disk.forceDirectory(layout.journal());
        }
        return valid;
    }

    /**
     * Behind {@code valid} there is no valid line: that is the room of the segment, a torn write or damage. A line is written only after
     * the one before was forced, so only the very last line of the last segment may be torn.
     */
    private long settleRest(long segment, boolean isLast, long valid, long size) throws IOException {
        byte[] all = disk.read(layout.segment(segment), valid, Math.toIntExact(size - valid));
        byte[] rest = JournalSegment.withoutRoom(all);
        if (rest.length == 0) {
            return valid;
        }
        String place = name(segment) + " at byte " + valid;
        if (DamagedRoom.explains(all)) {
            LOG.warn(
                    "Recovery: bytes behind the last line of {} have changed. No commit is lost: they are unused room.",
                    place);
            return valid;
        }
        boolean torn = isLast && TornWrite.explains(rest, valid);
        if (!torn) {
            damage.found(place + " cannot be read, and no crash explains that: commits may be lost");
        }
        segments.quarantine().keep(layout.segment(segment).getFileName() + ".from-" + valid, rest);
        if (torn) {
            LOG.warn("Recovery: cut {} bytes of a torn write off {}; a copy is in quarantine", rest.length, place);
            return valid;
        }
        LOG.error("Recovery: {} cannot be read and is skipped; a copy is in quarantine", place);
        return salvageRest(all, valid);
    }

    /** Replays every valid line. The segment stays as it is until a checkpoint deletes it. */
    private long salvageRest(byte[] rest, long valid) throws IOException {
        int from = 0;
        for (int i = 0; i < rest.length; i++) {
            if (rest[i] == '\n') {
                replayLine(rest, from, i - from, valid + from);
                from = i + 1;
            }
        }
        return valid + rest.length;
    }

    private String name(long segment) {
        return layout.root().relativize(layout.segment(segment)).toString();
    }

    /** Returns whether the line is valid. */
    private boolean replayLine(byte[] line, int from, int length, long offset) throws IOException {
        Optional<JsonNode> batch = StoredJson.line(line, from, length);
        if (batch.isEmpty()) {
            return false;
        }
        long number = batch.get().required("batch").longValue();
        if (lastBatch > 0 && number != lastBatch + 1) {
            damage.found("batch " + number + " of the journal follows batch " + lastBatch);
        }
        firstBatch = firstBatch > 0 ? firstBatch : number;
        lastBatch = Math.max(lastBatch, number);
        for (JsonNode commit : batch.get().required("commits")) {
            commits.replay(commit);
        }
        return true;
    }
}
