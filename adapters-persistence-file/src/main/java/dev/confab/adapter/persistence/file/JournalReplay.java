package dev.confab.adapter.persistence.file;

import dev.confab.domain.ConfabException;
import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.session.SessionEvent;
import dev.confab.domain.work.UnitOfWork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Reads the journal back into the conversations, once their heads are read. What a head already holds is passed over, so a replay may
 * be repeated.
 */
final class JournalReplay {
    private static final Logger LOG = LoggerFactory.getLogger(JournalReplay.class);
    private static final String SEGMENT = ".jsonl";

    private final Disk disk;
    private final Layout layout;
    private final Quarantine quarantine;
    private final Slots slots;
    private final MessageAccess messages;
    private final boolean salvage;
    private final Set<ConversationId> dirty = new HashSet<>();
    private long bytes;
    private long lastSegment;
    private long lastBatch;
    private long lastCommit;

    JournalReplay(Disk disk, Layout layout, Slots slots, MessageAccess messages, boolean salvage) {
        this.disk = disk;
        this.layout = layout;
        this.quarantine = new Quarantine(disk, layout);
        this.slots = slots;
        this.messages = messages;
        this.salvage = salvage;
    }

    void replay() throws IOException {
        List<Long> segments = segments();
        long lastWritten = lastWritten(segments);
        lastSegment = segments.isEmpty() ? 0 : segments.getFirst() - 1;
        for (long segment : segments) {
            long good = replay(segment, segment >= lastWritten);
            if (good == 0 && segment < lastWritten) {
                refuseUnlessSalvaging(name(segment) + " is empty, and the journal goes on after it");
            }
            bytes += good;
            lastSegment = good > 0 ? segment : lastSegment;
        }
    }

    /**
     * Where the journal goes on.
     *
     * @param commitOfHeads the last commit that a head holds
     */
    JournalPosition position(long commitOfHeads) {
        return new JournalPosition(lastSegment, lastBatch, Math.max(lastCommit, commitOfHeads), bytes);
    }

    /** The conversations that the journal holds more of than their heads, and damaged ones it holds something of. */
    Set<ConversationId> dirty() {
        return dirty;
    }

    static long segmentNumber(String name) {
        String digits = name.endsWith(SEGMENT) ? name.substring(0, name.length() - SEGMENT.length()) : "";
        // What is no segment is never reached by a checkpoint.
        return !digits.isEmpty() && digits.chars().allMatch(Character::isDigit)
                ? Long.parseLong(digits)
                : Long.MAX_VALUE;
    }

    List<Long> segments() throws IOException {
        var numbers = new ArrayList<Long>();
        for (String name : disk.list(layout.journal())) {
            if (name.endsWith(Layout.UNFINISHED)) {
                disk.delete(layout.journal().resolve(name));
            } else if (segmentNumber(name) != Long.MAX_VALUE) {
                numbers.add(segmentNumber(name));
            }
        }
        numbers.sort(null);
        return numbers;
    }

    /** An empty segment may follow it: one whose making failed, so that the one before was gone on with. */
    private long lastWritten(List<Long> segments) throws IOException {
        for (long segment : segments.reversed()) {
            if (disk.size(layout.segment(segment)) > 0) {
                return segment;
            }
        }
        return 0;
    }

    /** Returns the segment's valid length. */
    private long replay(long segment, boolean isLast) throws IOException {
        Path path = layout.segment(segment);
        long size = disk.size(path);
        long good = LineScanner.scan(disk, path, size, (bytes, from, length, offset) -> {
            OptionalInt json = ChecksummedLine.check(bytes, from, length);
            if (json.isEmpty()) {
                return false;
            }
            replayBatch(Json.tree(bytes, from + ChecksummedLine.PREFIX, json.getAsInt()));
            return true;
        });
        if (good < size) {
            good = passOver(segment, isLast, good, size);
        }
        if (isLast && size > 0) {
            copyForced(segment, good);
        }
        return good;
    }

    /**
     * Behind {@code good} there is no good line. That is the segment's room, or it is broken there. A line is written only after
     * the one before was forced, so a torn write is the very last line of the last segment, and only that may be cut.
     */
    private long passOver(long segment, boolean isLast, long good, long size) throws IOException {
        byte[] all = disk.read(layout.segment(segment), good, Math.toIntExact(size - good));
        byte[] rest = JournalSegment.withoutRoom(all);
        if (rest.length == 0) {
            return good;
        }
        boolean torn = isLast && TornWrite.explains(rest, good);
        String where = name(segment) + " at byte " + good;
        if (!torn) {
            refuseUnlessSalvaging(where + " cannot be read, and it is not the end of what was written");
        }
        quarantine.keep(layout.segment(segment).getFileName() + ".from-" + good, rest);
        if (torn) {
            LOG.warn("Cut {} bytes of a torn write off {}; a copy is in quarantine", rest.length, where);
            return good;
        }
        LOG.error("Salvaging: {} cannot be read; a copy is in quarantine", where);
        return salvageRest(all, good);
    }

    private static String name(long segment) {
        return "journal/%08d.jsonl".formatted(segment);
    }

    private void refuseUnlessSalvaging(String what) {
        if (!salvage) {
            throw new FileStoreCannotOpen("The data directory " + layout.root().toAbsolutePath() + " is damaged: "
                    + what
                    + ". Restore a backup, or set confab.file.salvage=true to open without what cannot be read.");
        }
    }

    /** Takes every line that is whole; the segment is left as it is until a checkpoint deletes it. */
    private long salvageRest(byte[] rest, long good) {
        int from = 0;
        for (int i = 0; i < rest.length; i++) {
            if (rest[i] == '\n') {
                OptionalInt json = ChecksummedLine.check(rest, from, i - from);
                if (json.isPresent()) {
                    replayBatch(Json.tree(rest, from + ChecksummedLine.PREFIX, json.getAsInt()));
                }
                from = i + 1;
            }
        }
        return good + rest.length;
    }

    private void replayBatch(JsonNode batch) {
        long batchNumber = batch.required("batch").longValue();
        if (lastBatch > 0 && batchNumber != lastBatch + 1) {
            refuseUnlessSalvaging("batch " + batchNumber + " of the journal follows batch " + lastBatch);
        }
        lastBatch = Math.max(lastBatch, batchNumber);
        for (JsonNode commit : batch.required("commits")) {
            long number = commit.required("commit").longValue();
            lastCommit = Math.max(lastCommit, number);
            ConversationId id = ConversationId.parse(Json.text(commit, "conversation"));
            Slot slot = slots.find(id).orElseGet(() -> slots.put(id, State.ABSENT));
            if (number > slot.state.commit() || slot.damage.isPresent()) {
                dirty.add(id);
            }
            if (number > slot.state.commit() && slot.damage.isEmpty()) {
                replayCommit(slot, commit, number);
            }
        }
    }

    /** The same checks as when it was first made; what does not fit is damage to this one conversation. */
    private void replayCommit(Slot slot, JsonNode commit, long number) {
        try {
            var events = new ArrayList<ConversationEvent>();
            commit.required("events").forEach(event -> events.add(EventJson.read(slot.id, event)));
            var sessionEvents = new ArrayList<SessionEvent>();
            commit.path("sessions").forEach(event -> sessionEvents.add(SessionEventJson.read(slot.id, event)));
            var outcome = UnitOfWork.run(slot.id, new StoredState(slot.id, slot.state, messages), tx -> {
                events.forEach(tx::record);
                // Only now: a session may begin with its conversation, and what a purge took is not written.
                sessionEvents.forEach(tx::record);
                return events;
            });
            slot.state = slot.state.after(outcome.change().orElseThrow(), number);
        } catch (JacksonException | IllegalArgumentException | ConfabException | StoredState.Unreadable e) {
            slot.damage("commit " + number + " of the journal does not fit: " + e.getMessage());
            try {
                quarantine.setAside(disk.list(layout.conversations()).stream()
                        .filter(name -> Layout.conversationOf(name).filter(slot.id::equals).isPresent()).toList());
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    /**
     * After a failed force the cache may hold what the disk does not, and reading it here proves nothing: so what is served from
     * now on is written anew and forced.
     */
    private void copyForced(long segment, long good) throws IOException {
        Path path = layout.segment(segment);
        HeadFile.writeWhole(disk, path, disk.read(path, 0, Math.toIntExact(good)));
        disk.forceDirectory(layout.journal());
    }
}
