package dev.confab.adapter.persistence.file;

import dev.confab.adapter.persistence.file.HeadFile.Damaged;
import dev.confab.domain.conversation.ConversationId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the conversations together from heads and journal. What one conversation's files have lost goes to quarantine and the rest
 * opens; a journal damaged in its middle is refused, because nobody could say whose commits are gone.
 */
final class Opening {
    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);
    private static final String FORMAT = "2";
    /** Has no sessions and turns; all else is the same. */
    private static final String FORMAT_WITHOUT_SESSIONS = "1";
    private static final String SEGMENT = ".jsonl";

    private final Disk disk;
    private final Layout layout;
    private final Quarantine quarantine;
    private final Slots slots;
    private final MessageFiles files;
    private final JournalReplay journal;
    private final Set<ConversationId> dirty = new HashSet<>();
    private long lastCommit;

    Opening(Disk disk, Layout layout, Slots slots, MessageFiles files, boolean salvage) {
        this.disk = disk;
        this.layout = layout;
        this.quarantine = new Quarantine(disk, layout);
        this.slots = slots;
        this.files = files;
        this.journal = new JournalReplay(disk, layout, slots, new MessageAccess(files), salvage);
    }

    /** @param dirty the conversations that the journal holds more of than their heads */
    record Opened(JournalPosition journal, Set<ConversationId> dirty) {
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
        boolean upgrade = checkFormat();
        readHeads();
        journal.replay();
        settleOrphans();
        for (long segment : journal.segments()) {
            quarantine.keepCommits(segment, damaged());
        }
        dirty.addAll(journal.dirty());
        if (upgrade) {
            // Before anything is written that an older Confab would read over without a word.
            writeFormat();
        }
        return new Opened(journal.position(lastCommit), dirty);
    }

    /** Returns whether the directory is of an older format, which it stays until all of it could be read. */
    private boolean checkFormat() throws IOException {
        if (!disk.exists(layout.format())) {
            writeFormat();
            return false;
        }
        String found = new String(disk.read(layout.format(), 0, 100), StandardCharsets.US_ASCII).strip();
        if (found.equals(FORMAT_WITHOUT_SESSIONS)) {
            return true;
        }
        if (!found.equals(FORMAT)) {
            throw new FileStoreCannotOpen(
                    "The data directory " + layout.root().toAbsolutePath() + " is of format \"" + found
                            + "\"; this version of Confab reads format " + FORMAT
                            + ". Use the version that wrote it, or a newer one.");
        }
        return false;
    }

    private void writeFormat() throws IOException {
        HeadFile.writeWhole(disk, layout.format(), (FORMAT + "\n").getBytes(StandardCharsets.US_ASCII));
        disk.forceDirectory(layout.root());
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
            quarantine.setAside(orphan.getValue());
            slots.put(orphan.getKey(), State.ABSENT).damage("its head is missing; its messages are in quarantine");
        }
    }

    private void readConversation(ConversationId id, List<String> names) {
        try {
            if (slots.find(id).isPresent()) {
                quarantine.setAside(names);
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
            quarantine.setAside(names);
            slots.put(id, State.ABSENT).damage(e.reason() + "; its files are in quarantine");
        }
    }
}
