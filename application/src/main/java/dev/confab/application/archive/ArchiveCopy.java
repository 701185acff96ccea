package dev.confab.application.archive;

import dev.confab.application.Archives.Progress;
import dev.confab.domain.archive.ArchiveDamaged;
import dev.confab.domain.archive.ArchiveLine.End;
import dev.confab.domain.archive.ArchiveLine.Missing;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.session.Activity;
import java.util.Optional;

/** Copies the whole conversations of an archive that was cut. */
final class ArchiveCopy implements ArchiveInput.Receiver {
    private final ArchiveOutput out;
    private final Progress progress;
    private Optional<ArchiveOutput.Writing> writing = Optional.empty();
    private Optional<ConversationId> last;

    ArchiveCopy(ArchiveOutput out, Optional<ConversationId> after, Progress progress) {
        this.out = out;
        this.last = after;
        this.progress = progress;
    }

    /** Copies the complete conversations, and returns the id after which the export must continue. */
    Optional<ConversationId> run(ArchiveInput input) {
        try {
            boolean more = true;
            while (more) {
                more = input.next(this);
            }
        } catch (ArchiveDamaged end) {
            discard();
        }
        return last;
    }

    @Override
    public void begin(Conversation head, Activity activity) {
        writing = Optional.of(out.begin(head, activity));
    }

    @Override
    public void message(Message message) {
        writing.orElseThrow().message(message);
    }

    /** The first incomplete conversation ends the copy, and the export continues with it. */
    @Override
    public void end(End end, boolean isWhole) {
        if (!isWhole) {
            throw new ArchiveDamaged("conversation " + end.id() + " does not match its digest");
        }
        writing.orElseThrow().end();
        writing = Optional.empty();
        last = Optional.of(end.id());
        progress.done(out.conversations());
    }

    @Override
    public void discard() {
        writing.ifPresent(ArchiveOutput.Writing::discard);
        writing = Optional.empty();
    }

    @Override
    public void missing(Missing line) {
        out.missing(line);
        last = Optional.of(line.id());
    }
}
