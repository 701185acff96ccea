package dev.confab.application.archive;

import dev.confab.application.Archives.Exported;
import dev.confab.application.Archives.Named;
import dev.confab.domain.archive.ArchiveFormat;
import dev.confab.domain.archive.ArchiveLine.Discarded;
import dev.confab.domain.archive.ArchiveLine.End;
import dev.confab.domain.archive.ArchiveLine.Head;
import dev.confab.domain.archive.ArchiveLine.Header;
import dev.confab.domain.archive.ArchiveLine.MessageLine;
import dev.confab.domain.archive.ArchiveLine.Missing;
import dev.confab.domain.archive.ArchiveLine.SessionLine;
import dev.confab.domain.archive.ArchiveLine.Total;
import dev.confab.domain.archive.ArchiveLine.TurnLine;
import dev.confab.domain.archive.ContentDigest;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.session.Activity;
import java.util.ArrayList;
import java.util.List;

/** Writes an archive: sums up what it writes, and hands on what is whole, so that an archive that is cut later lacks little. */
final class ArchiveOutput {
    private static final int FLUSH_AFTER_BYTES = 1 << 20;
    private static final int FLUSH_AFTER_CONVERSATIONS = 256;

    private final ArchiveFormat.Writer lines;
    private final TotalDigest total = new TotalDigest();
    private final List<Missing> missing = new ArrayList<>();
    private long missingCount;
    private long unflushedBytes;
    private int unflushed;

    ArchiveOutput(ArchiveFormat.Writer lines, Header header) {
        this.lines = lines;
        lines.write(header);
    }

    /** A conversation that is being written. */
    final class Writing {
        private final Conversation head;
        private final Activity activity;
        private final ContentDigest digest;

        private Writing(Conversation head, Activity activity) {
            this.head = head;
            this.activity = activity;
            this.digest = new ContentDigest(head, activity);
            lines.write(new Head(head));
            activity.sessions().forEach(session -> lines.write(new SessionLine(session)));
            activity.turns().forEach(turn -> lines.write(new TurnLine(turn)));
        }

        void message(Message message) {
            digest.add(message);
            lines.write(new MessageLine(message));
            unflushedBytes += message.weight();
        }

        void end() {
            var end = new End(head.id(), activity.sessions().size(), activity.turns().size(), digest.messages(),
                    digest.build());
            lines.write(end);
            total.add(end);
            unflushed++;
            if (unflushed >= FLUSH_AFTER_CONVERSATIONS || unflushedBytes >= FLUSH_AFTER_BYTES) {
                flush();
            }
        }

        void discard() {
            lines.write(new Discarded(head.id()));
        }
    }

    Writing begin(Conversation head, Activity activity) {
        return new Writing(head, activity);
    }

    void missing(Missing line) {
        lines.write(line);
        total.addMissing();
        missingCount++;
        if (missing.size() < Named.MOST) {
            missing.add(line);
        }
    }

    void flush() {
        lines.flush();
        unflushed = 0;
        unflushedBytes = 0;
    }

    long conversations() {
        return total.conversations();
    }

    Exported end() {
        Total sum = total.total();
        lines.write(sum);
        lines.end();
        return new Exported(sum.conversations(), sum.messages(), sum.digest(), missingCount, missing);
    }
}
