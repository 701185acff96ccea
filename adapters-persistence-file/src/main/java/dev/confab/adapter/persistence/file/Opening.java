package dev.confab.adapter.persistence.file;

import dev.confab.adapter.persistence.file.HeadFile.Damaged;
import dev.confab.domain.ConfabException;
import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.UnitOfWork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Puts the conversations together from heads and journal. What one conversation's files have lost goes to quarantine and the rest
 * opens; a journal damaged in its middle is refused, because nobody could say whose commits are gone.
 */
final class Opening {
    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);
    private static final String FORMAT = "1";
    private static final String SEGMENT = ".jsonl";

    private final Disk disk;
    private final Layout layout;
    private final Quarantine quarantine;
    private final Slots slots;
    private final MessageFiles files;
    private final MessageAccess messages;
    private final boolean salvage;
    private final Set<ConversationId> dirty = new HashSet<>();
    private long lastBatch;
    private long lastCommit;

    Opening(Disk disk, Layout layout, Slots slots, MessageFiles files, boolean salvage) {
        this.disk = disk;
        this.layout = layout;
        this.quarantine = new Quarantine(disk, layout);
        this.slots = slots;
        this.files = files;
        this.messages = new MessageAccess(files);
        this.salvage = salvage;
    }

    /** @param dirty the conversations that the journal holds more of than their heads */
    record Opened(Journal.Position journal, Set<ConversationId> dirty) {
    }

    /** Makes the directories, and their names durable: or what is forced in them later could be lost with them. */
    static void prepare(Disk disk, Layout layout) throws IOException {
        List<Path> made = disk.exists(layout.format()) ? List.of() : rootAndMissingAbove(disk, layout);
        for (Path directory : List.of(layout.root(), layout.journal(), layout.conversations(), layout.quarantine())) {
            disk.createDirectories(directory);
        }
        for (Path directory : made) {
            if (directory.getParent() != null) {
                disk.forceDirectory(directory.getParent());
            }
        }
        disk.forceDirectory(layout.root());
    }

    private static List<Path> rootAndMissingAbove(Disk disk, Layout layout) {
        var missing = new ArrayList<Path>();
        Path directory = layout.root().toAbsolutePath();
        do {
            missing.add(directory);
            directory = directory.getParent();
        } while (directory != null && !disk.exists(directory));
        return missing;
    }

    Opened open() throws IOException {
        checkFormat();
        readHeads();
        long bytes = 0;
        List<Long> segments = segments();
        long lastWritten = lastWritten(segments);
        long last = segments.isEmpty() ? 0 : segments.getFirst() - 1;
        for (long segment : segments) {
            long good = replay(segment, segment >= lastWritten);
            if (good == 0 && segment < lastWritten) {
                refuseUnlessSalvaging(name(segment) + " is empty, and the journal goes on after it");
            }
            bytes += good;
            last = good > 0 ? segment : last;
        }
        settleOrphans();
        for (long segment : segments) {
            quarantine.keepCommits(segment, damaged());
        }
        return new Opened(new Journal.Position(last, lastBatch, lastCommit, bytes), dirty);
    }

    static long segmentNumber(String name) {
        String digits = name.endsWith(SEGMENT) ? name.substring(0, name.length() - SEGMENT.length()) : "";
        // What is no segment is never reached by a checkpoint.
        return !digits.isEmpty() && digits.chars().allMatch(Character::isDigit)
                ? Long.parseLong(digits)
                : Long.MAX_VALUE;
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

    private void checkFormat() throws IOException {
        if (!disk.exists(layout.format())) {
            HeadFile.writeWhole(disk, layout.format(), (FORMAT + "\n").getBytes(StandardCharsets.US_ASCII));
            disk.forceDirectory(layout.root());
            return;
        }
        String found = new String(disk.read(layout.format(), 0, 100), StandardCharsets.US_ASCII).strip();
        if (!found.equals(FORMAT)) {
            throw new FileStoreCannotOpen(
                    "The data directory " + layout.root().toAbsolutePath() + " is of format \"" + found
                            + "\"; this version of Confab reads format " + FORMAT
                            + ". Use the version that wrote it, or a newer one.");
        }
    }

    private Set<ConversationId> damaged() {
        var ids = new HashSet<ConversationId>();
        slots.all().stream().filter(slot -> slot.damage.isPresent()).forEach(slot -> ids.add(slot.id));
        return ids;
    }

    private void readHeads() throws IOException {
        // The heads found may be names of the cache alone: they must be durable before what they replaced is deleted.
        disk.forceDirectory(layout.conversations());
        Map<ConversationId, List<String>> names = new HashMap<>();
        for (String name : disk.list(layout.conversations())) {
            if (name.endsWith(Layout.UNFINISHED)) {
                disk.delete(layout.conversations().resolve(name));
            } else {
                Layout.conversationOf(name).ifPresentOrElse(
                        id -> names.computeIfAbsent(id, key -> new ArrayList<>()).add(name),
                        () -> LOG.warn("Passed over conversations/{}: not a file of the store", name));
            }
        }
        Set<ConversationId> known = quarantine.conversations();
        known.forEach(id -> slots.put(id, State.ABSENT).damage("it stands in quarantine"));
        try {
            // Reading and checking is most of an opening's time, and each conversation's is its own.
            names.entrySet().parallelStream().forEach(entry -> readConversation(entry.getKey(), entry.getValue()));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (Slot slot : slots.all()) {
            lastCommit = Math.max(lastCommit, slot.state.commit());
            if (slot.state.commit() > 0 && slot.state.head().isEmpty()) {
                // A tombstone that a crash left: the next checkpoint ends what was begun.
                dirty.add(slot.id);
            }
        }
    }

    /**
     * Messages without a head. When the journal knows the conversation, a crash came before its first head, and nothing is in them
     * that the journal does not hold. When it does not, the head is lost, for what is purged loses its messages first.
     */
    private void settleOrphans() throws IOException {
        Map<ConversationId, List<String>> lost = new HashMap<>();
        for (String name : disk.list(layout.conversations())) {
            Layout.conversationOf(name).ifPresent(id -> {
                if (slots.find(id).isEmpty()) {
                    lost.computeIfAbsent(id, key -> new ArrayList<>()).add(name);
                }
            });
            if (name.endsWith(SEGMENT) && Layout.conversationOf(name).flatMap(slots::find)
                    .filter(slot -> slot.damage.isEmpty() && slot.state.file().generation() == 0).isPresent()) {
                disk.delete(layout.conversations().resolve(name));
            }
        }
        for (var orphan : lost.entrySet()) {
            setAside(orphan.getValue());
            slots.put(orphan.getKey(), State.ABSENT).damage("its head is missing; its messages are in quarantine");
        }
    }

    private void readConversation(ConversationId id, List<String> names) {
        try {
            if (slots.find(id).isPresent()) {
                setAside(names);
            } else if (names.contains(layout.head(id).getFileName().toString())) {
                readHead(id, names);
            }
            // Messages without a head: a crash before the first head, if the journal has them; see settleOrphans.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readHead(ConversationId id, List<String> names) throws IOException {
        try {
            State state = HeadFile.read(disk, layout, id);
            if (state.file().length() > 0
                    && !names.contains(layout.messages(id, state.file().generation()).getFileName().toString())) {
                throw new Damaged("its messages file is missing");
            }
            files.verify(id, state.file());
            slots.put(id, state);
            String current = layout.messages(id, state.file().generation()).getFileName().toString();
            for (String name : names) {
                if (name.endsWith(SEGMENT) && !name.equals(current)) {
                    disk.delete(layout.conversations().resolve(name));
                }
            }
        } catch (Damaged e) {
            setAside(names);
            slots.put(id, State.ABSENT).damage(e.reason() + "; its files are in quarantine");
        }
    }

    private void setAside(List<String> names) throws IOException {
        for (String name : names) {
            quarantine.take(layout.conversations().resolve(name));
        }
        disk.forceDirectory(layout.conversations());
    }

    private List<Long> segments() throws IOException {
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

    /** Returns the segment's valid length. */
    private long replay(long segment, boolean isLast) throws IOException {
        Path path = layout.segment(segment);
        long size = disk.size(path);
        boolean[] broken = {false};
        long good = LineScanner.scan(disk, path, size, (bytes, from, length, offset) -> {
            OptionalInt json = ChecksummedLine.check(bytes, from, length);
            if (json.isEmpty()) {
                broken[0] = true;
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
     * The segment is broken at {@code good}. A line is written only after the one before was forced, so a torn write is the very
     * last line of the last segment, and only that may be cut.
     */
    private long passOver(long segment, boolean isLast, long good, long size) throws IOException {
        byte[] rest = disk.read(layout.segment(segment), good, Math.toIntExact(size - good));
        int newline = indexOfNewline(rest);
        boolean torn = isLast && (newline < 0 || newline == rest.length - 1 && !endsInALine(rest));
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
        return salvageRest(rest, good);
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

    /** Whether a good line ends it, behind a newline that is damaged: no torn write looks so. */
    private static boolean endsInALine(byte[] rest) {
        for (int from = 1; from < rest.length; from++) {
            if (rest[from] == '[' && ChecksummedLine.check(rest, from, rest.length - 1 - from).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static int indexOfNewline(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
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
            var outcome = UnitOfWork.run(slot.id, new StoredState(slot.id, slot.state, messages), tx -> {
                events.forEach(tx::record);
                return events;
            });
            slot.state = slot.state.after(outcome.change().orElseThrow(), number);
        } catch (JacksonException | IllegalArgumentException | ConfabException | StoredState.Unreadable e) {
            slot.damage("commit " + number + " of the journal does not fit: " + e.getMessage());
            try {
                setAside(disk.list(layout.conversations()).stream()
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
