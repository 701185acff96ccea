package dev.confab.application.archive;

import dev.confab.application.Archives;
import dev.confab.application.retry.RetryingConversationStore;
import dev.confab.domain.archive.ArchiveDamaged;
import dev.confab.domain.archive.ArchiveFormat;
import dev.confab.domain.archive.ArchiveLine.Header;
import dev.confab.domain.archive.ByteSink;
import dev.confab.domain.archive.ByteSource;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.StoredConversations;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Moves the conversations of one store.
 *
 * @param storeName the name of the store, which archives carry
 */
public record ArchiveService(RetryingConversationStore store, StoredConversations stored, ArchiveFormat format,
        String storeName, InstantSource clock) implements Archives {

    @Override
    public long count(Selection selection) {
        var ids = new StoredIds(stored, selection.owner(), selection.after());
        long count = 0;
        while (ids.next().isPresent()) {
            count++;
        }
        return count;
    }

    @Override
    public Exported export(Selection selection, ByteSink out, Progress progress) {
        ArchiveOutput output = output(selection.owner(), selection.after(), out);
        return new ArchiveExport(stored, selection.owner(), output, progress).run(selection.after());
    }

    @Override
    public Exported resume(Optional<OwnerId> owner, ByteSource cut, ByteSink out, Runnable copied,
            Progress progress) {
        var input = new ArchiveInput(format.reader(cut));
        if (!input.header().owner().equals(owner)) {
            throw new ArchiveDamaged("the archive is one of "
                    + input.header().owner().map(other -> "the owner " + other).orElse("all owners")
                    + ", and cannot be continued with " + owner.map(one -> "those of " + one).orElse("all"));
        }
        ArchiveOutput output = output(owner, input.header().after(), out);
        Optional<ConversationId> last = new ArchiveCopy(output, input.header().after(), progress).run(input);
        output.flush();
        copied.run();
        return new ArchiveExport(stored, owner, output, progress).run(last);
    }

    private ArchiveOutput output(Optional<OwnerId> owner, Optional<ConversationId> after, ByteSink out) {
        return new ArchiveOutput(format.writer(out), new Header(storeName, owner, after, clock.instant()));
    }

    @Override
    public Imported importAll(ByteSource in, Progress progress) {
        var input = new ArchiveInput(format.reader(in));
        return new ArchiveImport(store, stored, clock, progress).run(input);
    }

    @Override
    public Compared compare(Side source, Side target, Progress progress) {
        return new Comparison().compare(contents(source), contents(target), progress);
    }

    private Comparison.Contents contents(Side side) {
        return switch (side) {
            case Side.Stored(var owner) -> new StoreContents(stored, owner);
            case Side.Archive(var bytes) -> new ArchiveCheck(format).contents(bytes);
        };
    }
}
