package dev.confab.adapter.persistence.file.erasure;

import dev.confab.adapter.persistence.file.disk.DirectoryLock;
import dev.confab.adapter.persistence.file.disk.DirectoryRefused;
import dev.confab.adapter.persistence.file.disk.Disk;
import dev.confab.adapter.persistence.file.disk.Layout;
import dev.confab.adapter.persistence.file.disk.RealDisk;
import dev.confab.adapter.persistence.file.search.OwnersInIndex;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.store.Directory;

/**
 * Looks for an owner in every file of a data directory. It holds the directory's lock, so no store changes a file meanwhile, and it changes
 * none itself.
 */
public final class OwnerSearch implements Closeable {
    private final Disk disk;
    private final Layout layout;
    private final DirectoryLock lock;

    /**
     * The result of a search.
     *
     * @param found the files that have a record of the owner, from the data directory on
     * @param unattributed the files whose owner is unknown
     */
    public record Result(List<String> found, List<String> unattributed) {
    }

    /** Throws {@link DirectoryRefused} when there is no data directory, or when a process has it open. */
    public OwnerSearch(Path directory) throws IOException {
        this(directory, new RealDisk());
    }

    /** On a disk of its own, for tests. */
    public OwnerSearch(Path directory, Disk disk) throws IOException {
        this.disk = disk;
        layout = new Layout(directory);
        layout.requireData(disk);
        lock = DirectoryLock.acquire(disk, layout);
    }

    public Result search(OwnerId owner) throws IOException {
        var member = new OwnerMember(owner);
        var found = new ArrayList<String>();
        for (Path directory : List.of(layout.root(), layout.journal(), layout.conversations(), layout.quarantine(),
                layout.imports())) {
            for (String name : disk.exists(directory) ? disk.list(directory) : List.<String>of()) {
                Path file = directory.resolve(name);
                if (isFile(file) && member.isIn(disk, file)) {
                    found.add(shown(file));
                }
            }
        }
        if (disk.exists(layout.index())) {
            try (Directory index = disk.searchDirectory(layout.index())) {
                OwnersInIndex.segmentsWith(index, owner)
                        .forEach(segment -> found.add(shown(layout.index()) + "/" + segment));
            }
        }
        return new Result(found, unattributed());
    }

    private boolean isFile(Path file) {
        return !Files.isDirectory(file) && !List
                .of(layout.journal(), layout.conversations(), layout.quarantine(), layout.index(),
                        layout.imports())
                .contains(file);
    }

    /** Messages files and files in quarantine that have no head. */
    private List<String> unattributed() throws IOException {
        var names = new ArrayList<String>();
        for (String name : disk.list(layout.conversations())) {
            Optional<ConversationId> of = Layout.conversationOf(name);
            if (of.isEmpty() || !disk.exists(layout.head(of.get()))) {
                names.add(shown(layout.conversations().resolve(name)));
            }
        }
        for (String name : new QuarantinedFiles(disk, layout).unattributed()) {
            names.add(shown(layout.quarantine().resolve(name)));
        }
        return names;
    }

    private String shown(Path file) {
        return layout.root().relativize(file).toString();
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
