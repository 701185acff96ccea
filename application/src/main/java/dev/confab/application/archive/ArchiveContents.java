package dev.confab.application.archive;

import dev.confab.application.archive.Comparison.Contents;
import dev.confab.application.archive.Comparison.Entry;
import dev.confab.domain.archive.ArchiveLine.End;
import dev.confab.domain.archive.ArchiveLine.Missing;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.session.Activity;
import java.util.Optional;

/** The conversations of an archive, for a comparison. */
final class ArchiveContents implements Contents, ArchiveInput.Receiver {
    private final ArchiveInput input;
    private Optional<Entry> found = Optional.empty();

    ArchiveContents(ArchiveInput input) {
        this.input = input;
    }

    @Override
    public Optional<Entry> next() {
        found = Optional.empty();
        boolean more = true;
        while (more && found.isEmpty()) {
            more = input.next(this);
        }
        return found;
    }

    @Override
    public void end(End end, boolean isWhole) {
        found = Optional.of(new Entry(end.id(), isWhole ? Optional.of(end.digest()) : Optional.empty()));
    }

    @Override
    public void missing(Missing line) {
        found = Optional.of(new Entry(line.id(), Optional.empty()));
    }

    @Override
    public void begin(Conversation head, Activity activity) {
        // Only the end counts.
    }

    @Override
    public void message(Message message) {
        // The input digests it.
    }

    @Override
    public void discard() {
        // Nothing was found.
    }
}
