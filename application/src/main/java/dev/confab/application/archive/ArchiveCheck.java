package dev.confab.application.archive;

import dev.confab.application.Archives.Compared;
import dev.confab.application.Archives.Exported;
import dev.confab.application.Archives.Named;
import dev.confab.application.Archives.Progress;
import dev.confab.domain.archive.ArchiveDamaged;
import dev.confab.domain.archive.ArchiveFormat;
import dev.confab.domain.archive.ArchiveLine.End;
import dev.confab.domain.archive.ArchiveLine.Missing;
import dev.confab.domain.archive.ByteSource;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.session.Activity;
import java.util.ArrayList;
import java.util.List;

/** Reads archives without a store. */
public record ArchiveCheck(ArchiveFormat format) {

    /**
     * Reads an archive to its end, and returns the counts and digest that its export wrote. Throws {@link ArchiveDamaged} when it is
     * incomplete.
     */
    public Exported read(ByteSource archive, Progress progress) {
        var input = new ArchiveInput(format.reader(archive));
        var counting = new Counting();
        while (input.next(counting)) {
            progress.done(counting.conversations);
        }
        return new Exported(counting.conversations, counting.messages, input.digest(), counting.missingCount,
                counting.missing);
    }

    /** Compares two archives. Throws {@link ArchiveDamaged} when one is not whole. */
    public Compared compare(ByteSource source, ByteSource target, Progress progress) {
        return new Comparison().compare(contents(source), contents(target), progress);
    }

    Comparison.Contents contents(ByteSource archive) {
        return new ArchiveContents(new ArchiveInput(format.reader(archive)));
    }

    private static final class Counting implements ArchiveInput.Receiver {
        private long conversations;
        private long messages;
        private long missingCount;
        private final List<Missing> missing = new ArrayList<>();

        @Override
        public void begin(Conversation head, Activity activity) {
            // Only the end counts.
        }

        @Override
        public void message(Message message) {
            // Only the end counts.
        }

        @Override
        public void end(End end, boolean isWhole) {
            if (!isWhole) {
                throw new ArchiveDamaged("conversation " + end.id() + " does not match its digest");
            }
            conversations++;
            messages += end.messages();
        }

        @Override
        public void discard() {
            // It comes again.
        }

        @Override
        public void missing(Missing line) {
            missingCount++;
            if (missing.size() < Named.MOST) {
                missing.add(line);
            }
        }
    }
}
