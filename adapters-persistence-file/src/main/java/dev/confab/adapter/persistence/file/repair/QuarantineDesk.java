package dev.confab.adapter.persistence.file.repair;

import dev.confab.adapter.persistence.file.disk.DirectoryLock;
import dev.confab.adapter.persistence.file.disk.DirectoryRefused;
import dev.confab.adapter.persistence.file.disk.Disk;
import dev.confab.adapter.persistence.file.disk.FileDamaged;
import dev.confab.adapter.persistence.file.disk.Layout;
import dev.confab.adapter.persistence.file.disk.LineScanner;
import dev.confab.adapter.persistence.file.disk.Quarantine;
import dev.confab.adapter.persistence.file.disk.RealDisk;
import dev.confab.adapter.persistence.file.json.ChecksummedLine;
import dev.confab.adapter.persistence.file.recovery.FormatFile;
import dev.confab.domain.conversation.ConversationId;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The quarantine of a data directory. It holds the directory's lock, so no store has it open meanwhile. */
public final class QuarantineDesk implements Closeable {
    private final Disk disk;
    private final Layout layout;
    private final DirectoryLock lock;

    /** Throws {@link DirectoryRefused} when there is no data directory, when it has another format, or when a process has it open. */
    public QuarantineDesk(Path directory) throws IOException {
        this(directory, new RealDisk());
    }

    /** On a disk of its own, for tests. */
    public QuarantineDesk(Path directory, Disk disk) throws IOException {
        this.disk = disk;
        layout = new Layout(directory);
        layout.requireData(disk);
        if (new FormatFile(disk, layout).age() != FormatFile.Age.CURRENT) {
            throw new DirectoryRefused("The data directory " + directory.toAbsolutePath() + " was written by an older"
                    + " version of Confab. Start this version on it once and stop it; then use the quarantine.");
        }
        lock = DirectoryLock.acquire(disk, layout);
    }

    /** Everything in quarantine, with the steps that would restore it. */
    public List<QuarantineEntry> list() throws IOException {
        var entries = new ArrayList<QuarantineEntry>();
        for (var group : groups().entrySet()) {
            long bytes = 0;
            for (String name : group.getValue()) {
                bytes += disk.size(layout.quarantine().resolve(name));
            }
            entries.add(new QuarantineEntry(group.getKey(), group.getValue(), bytes,
                    finding(group.getKey(), group.getValue())));
        }
        return entries;
    }

    private String finding(String id, List<String> names) throws IOException {
        if (Layout.conversationOf(names.getFirst()).isEmpty()) {
            return "cannot be restored: " + whyNoConversation(id);
        }
        try {
            StagedConversation staged = StagedConversation.of(disk, layout, ConversationId.parse(id), names);
            return staged.entry().state().head()
                    .map(head -> "can be restored, with " + head.messageCount() + " messages")
                    .orElse("cannot be restored: " + StagedConversation.PURGED);
        } catch (FileDamaged e) {
            return "cannot be restored: " + e.reason();
        }
    }

    private static String whyNoConversation(String id) {
        return id.startsWith(Quarantine.REMOVED)
                ? "the files of a conversation that was deleted since; drop them when you do not need them"
                : "a part of the journal; drop it when you do not need it";
    }

    /** One line for each file and one for each damaged line in it. */
    public List<String> show(String id) throws IOException {
        var report = new ArrayList<String>();
        List<String> names = names(id);
        for (String name : names) {
            Path file = layout.quarantine().resolve(name);
            report.add("quarantine/" + name + ": " + disk.size(file) + " bytes");
            if (StagedConversation.isCommits(Layout.withoutCorrupt(name))) {
                report.add("  commits of the journal, one a line, without checksums");
            } else {
                report.addAll(damagedLines(file));
            }
        }
        report.add(finding(id, names));
        return report;
    }

    private List<String> damagedLines(Path file) throws IOException {
        var report = new ArrayList<String>();
        int[] number = {0};
        long end = LineScanner.scan(disk, file, Long.MAX_VALUE, (bytes, from, length, offset) -> {
            number[0]++;
            damage(Arrays.copyOfRange(bytes, from, from + length))
                    .ifPresent(damage -> report.add("  line " + number[0] + ": " + damage));
            return true;
        });
        if (end < disk.size(file)) {
            report.add("  the last line has no newline at its end");
        }
        return report;
    }

    private static Optional<String> damage(byte[] line) {
        if (ChecksummedLine.check(line, 0, line.length).isPresent()) {
            return Optional.empty();
        }
        if (line.length < ChecksummedLine.PREFIX + 3 || line[line.length - 1] != ']') {
            return Optional.of("is not of the form [\"<checksum>\",<JSON>]");
        }
        byte[] right = ChecksummedLine.of(Arrays.copyOfRange(line, ChecksummedLine.PREFIX, line.length - 1));
        return Optional.of("the checksum does not match; the JSON as it is now has the checksum "
                + new String(right, 2, 8, StandardCharsets.US_ASCII));
    }

    /** Puts a conversation back into place and removes it from quarantine; throws {@link FileDamaged} when it cannot be read. */
    public void restore(String id) throws IOException {
        List<String> names = names(id);
        if (Layout.conversationOf(names.getFirst()).isEmpty()) {
            throw new FileDamaged(whyNoConversation(id));
        }
        StagedConversation.of(disk, layout, ConversationId.parse(id), names).moveInto(layout);
        // The index counts as up to date but lacks the restored messages. Without it, the next start builds it again.
        if (disk.exists(layout.index())) {
            for (String file : disk.list(layout.index())) {
                disk.delete(layout.index().resolve(file));
            }
        }
        // Last: until then, a crash leaves the conversation in quarantine as it was.
        delete(names);
    }

    /** Deletes the files for good. */
    public void drop(String id) throws IOException {
        delete(names(id));
    }

    private void delete(List<String> names) throws IOException {
        for (String name : names) {
            disk.delete(layout.quarantine().resolve(name));
        }
        disk.forceDirectory(layout.quarantine());
    }

    private List<String> names(String id) throws IOException {
        List<String> names = groups().get(id);
        if (names == null) {
            throw new FileDamaged("nothing in quarantine has the id " + id
                    + "; the command \"quarantine list\" shows the names");
        }
        return names;
    }

    private Map<String, List<String>> groups() throws IOException {
        var groups = new TreeMap<String, List<String>>();
        for (String name : disk.list(layout.quarantine())) {
            groups.computeIfAbsent(idOf(name), _ -> new ArrayList<>()).add(name);
        }
        return groups;
    }

    private static String idOf(String name) {
        String removed = name.startsWith(Quarantine.REMOVED) ? Quarantine.REMOVED : "";
        return Layout.conversationOf(name.substring(removed.length())).map(id -> removed + id)
                .orElseGet(() -> Layout.withoutCorrupt(name));
    }

    @Override
    public void close() throws IOException {
        StagedConversation.clear(disk, layout);
        lock.close();
    }
}
