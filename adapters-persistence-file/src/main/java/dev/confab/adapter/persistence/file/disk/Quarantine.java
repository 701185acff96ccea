package dev.confab.adapter.persistence.file.disk;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.ConversationStore.Removal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The directory of files that could not be read. Only the purge of a damaged conversation and an administrator delete from it. Its file
 * names say which conversations are damaged.
 */
public record Quarantine(Disk disk, Layout layout) {
    /** Begins the names of the files of a damaged conversation that has been deleted. */
    public static final String REMOVED = "removed-";

    /** The conversations with a file in quarantine: they stay damaged, even when the store is opened again. */
    public Set<ConversationId> conversations() throws IOException {
        return disk.list(layout.quarantine()).stream().flatMap(name -> Layout.conversationOf(name).stream())
                .collect(Collectors.toSet());
    }

    /** Moves files of a damaged conversation, with these names, into quarantine. */
    public void move(List<String> names) throws IOException {
        for (String name : names) {
            disk.rename(layout.conversations().resolve(name), freeFile(name));
        }
        // The new name is what marks the conversation as damaged. A crash may keep the old name too: then it is moved again.
        disk.forceDirectory(layout.quarantine());
    }

    /** The names of the files that mark the conversation as damaged. */
    public List<String> names(ConversationId id) throws IOException {
        return disk.list(layout.quarantine()).stream()
                .filter(name -> Layout.conversationOf(name).filter(id::equals).isPresent()).toList();
    }

    /** After the conversation was removed: its files are deleted, or get names that no longer mark it as damaged. */
    public void release(ConversationId id, Removal removal) throws IOException {
        for (String name : names(id)) {
            Path file = layout.quarantine().resolve(name);
            switch (removal) {
                case DELETE ->
                    disk.rename(file, freeFile(REMOVED + name.substring(0, name.length() - Layout.CORRUPT.length())));
                case PURGE -> disk.delete(file);
            }
        }
        disk.forceDirectory(layout.quarantine());
    }

    /** Keeps a copy of bytes that are about to be cut off or skipped. */
    public void keep(String name, byte[] bytes) throws IOException {
        write(freeFile(name), bytes);
    }

    /** Keeps commits of a damaged conversation from a journal segment; repeating it writes the same file again. */
    public Path keepCommits(ConversationId id, long segment, byte[] commits) throws IOException {
        Path file = file(id + ".journal-" + layout.segment(segment).getFileName());
        write(file, commits);
        return file;
    }

    private void write(Path file, byte[] bytes) throws IOException {
        disk.replace(file, bytes);
        disk.forceDirectory(layout.quarantine());
    }

    private Path freeFile(String name) {
        Path file = file(name);
        for (int n = 2; disk.exists(file); n++) {
            file = file(name + "-" + n);
        }
        return file;
    }

    private Path file(String name) {
        return layout.quarantine().resolve(name + Layout.CORRUPT);
    }
}
