package dev.confab.adapter.persistence.file.repair;

import dev.confab.adapter.persistence.file.disk.DirectoryLock;
import dev.confab.adapter.persistence.file.disk.DirectoryRefused;
import dev.confab.adapter.persistence.file.disk.Disk;
import dev.confab.adapter.persistence.file.disk.FileDamaged;
import dev.confab.adapter.persistence.file.disk.Layout;
import dev.confab.adapter.persistence.file.disk.LineScanner;
import dev.confab.adapter.persistence.file.disk.RealDisk;
import dev.confab.adapter.persistence.file.json.ChecksummedLine;
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
    private final Disk disk = new RealDisk();
    private final Layout layout;
    private final DirectoryLock lock;

    /** Throws {@link DirectoryRefused} when there is no data directory, or when a process has it open. */
    public QuarantineDesk(Path directory) throws IOException {
        layout = new Layout(directory);
        if (!disk.exists(layout.format())) {
            throw new DirectoryRefused("The directory " + directory.toAbsolutePath() + " is not a data directory of"
                    + " Confab. Name it with --confab.file.directory=<directory>.");
        }
        lock = DirectoryLock.acquire(disk, layout);
    }

    /** Everything in quarantine, with what it would take to restore it. */
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
            return "a part of the journal; it cannot be restored";
        }
        try {
            StagedConversation staged = StagedConversation.of(disk, layout, ConversationId.parse(id), names);
            return staged.entry().state().head()
                    .map(head -> "can be restored, with " + head.messageCount() + " messages")
                    .orElse("a later commit has purged it; drop it");
        } catch (FileDamaged e) {
            return "cannot be restored: " + e.reason();
        }
    }

    /** One line for each file and one for each damaged line in it. */
    public List<String> show(String id) throws IOException {
        var report = new ArrayList<String>();
        List<String> names = names(id);
        for (String name : names) {
            Path file = layout.quarantine().resolve(name);
            report.add("quarantine/" + name + ": " + disk.size(file) + " bytes");
            if (!name.contains(".journal-")) {
                int[] number = {0};
                long end = LineScanner.scan(disk, file, Long.MAX_VALUE, (bytes, from, length, offset) -> {
                    number[0]++;
                    damage(Arrays.copyOfRange(bytes, from, from + length))
                            .ifPresent(damage -> report.add("  line " + number[0] + ": " + damage));
                    return true;
                });
                if (end < disk.size(file)) {
                    report.add("  the last line has no newline");
                }
            }
        }
        report.add(finding(id, names));
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
        return Optional.of("the checksum does not match; of the JSON as it is now it is "
                + new String(right, 2, 8, StandardCharsets.US_ASCII));
    }

    /** Puts a conversation back into place and removes it from quarantine; throws {@link FileDamaged} when it cannot be read. */
    public void restore(String id) throws IOException {
        List<String> names = names(id);
        if (Layout.conversationOf(names.getFirst()).isEmpty()) {
            throw new FileDamaged("it is a part of the journal");
        }
        StagedConversation.of(disk, layout, ConversationId.parse(id), names).moveInto(layout);
        // The index believes that it knows all commits of this number; without it, the next start builds it again.
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
            throw new FileDamaged("there is nothing with this id in quarantine");
        }
        return names;
    }

    private Map<String, List<String>> groups() throws IOException {
        var groups = new TreeMap<String, List<String>>();
        for (String name : disk.list(layout.quarantine())) {
            String id = Layout.conversationOf(name).map(ConversationId::toString)
                    .orElseGet(() -> Layout.withoutCorrupt(name));
            groups.computeIfAbsent(id, _ -> new ArrayList<>()).add(name);
        }
        return groups;
    }

    @Override
    public void close() throws IOException {
        StagedConversation.clear(disk, layout);
        lock.close();
    }
}
