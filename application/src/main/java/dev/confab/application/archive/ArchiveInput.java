package dev.confab.application.archive;

import dev.confab.domain.archive.ArchiveDamaged;
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
import dev.confab.domain.archive.ArchiveLine;
import dev.confab.domain.archive.ContentDigest;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads an archive, conversation by conversation, and checks that nothing in it is missing, added or changed. */
final class ArchiveInput {
    private final ArchiveFormat.Reader lines;
    private final Header header;
    private final TotalDigest total = new TotalDigest();
    private Optional<ConversationId> last;
    private Optional<Digest> digest = Optional.empty();

    /** Reads the first line; throws {@link ArchiveDamaged} if it is not that of an archive. */
    ArchiveInput(ArchiveFormat.Reader lines) {
        this.lines = lines;
        if (!(lines.next().orElse(null) instanceof Header first)) {
            throw new ArchiveDamaged("this is no archive: its first line is not an archive's header");
        }
        this.header = first;
        this.last = first.after();
    }

    /** Receives a conversation while it is read. After {@link #begin} comes one of the other three, or an exception of the reading. */
    interface Receiver {
        void begin(Conversation head, Activity activity);

        void message(Message message);

        /** @param isWhole whether the counts and the digest of {@code end} match the lines that were read */
        void end(End end, boolean isWhole);

        void discard();

        void missing(Missing line);
    }

    Header header() {
        return header;
    }

    /** The digest of the whole archive, once it has ended. */
    Digest digest() {
        return digest.orElseThrow();
    }

    /**
     * Reads on to the end of a conversation, or past a line about one that is missing.
     *
     * @return false when the archive has ended, whole
     * @throws ArchiveDamaged when it cannot be read further
     */
    boolean next(Receiver receiver) {
        return switch (line()) {
            case Head(var head) -> {
                follow(head.id());
                conversation(head, receiver);
                yield true;
            }
            case Missing missing -> {
                follow(missing.id());
                last = Optional.of(missing.id());
                total.addMissing();
                receiver.missing(missing);
                yield true;
            }
            case Total end -> {
                check(end);
                yield false;
            }
            case Header _,SessionLine _,TurnLine _,MessageLine _,End _,Discarded _ ->
                throw new ArchiveDamaged("a line is not in its place " + place());
        };
    }

    private void conversation(Conversation head, Receiver receiver) {
        List<Session> sessions = new ArrayList<>();
        List<Turn> turns = new ArrayList<>();
        ArchiveLine line = line();
        while (line instanceof SessionLine(var session) && sessions.size() < Activity.MAX_SESSIONS) {
            sessions.add(session);
            line = line();
        }
        while (line instanceof TurnLine(var turn) && turns.size() < Activity.MAX_TURNS) {
            turns.add(turn);
            line = line();
        }
        var activity = new Activity(sessions, turns);
        var digest = new ContentDigest(head, activity);
        receiver.begin(head, activity);
        while (line instanceof MessageLine(var message)) {
            digest.add(message);
            receiver.message(message);
            line = line();
        }
        switch (line) {
            case End end when end.id().equals(head.id()) -> {
                last = Optional.of(end.id());
                total.add(end);
                boolean counted = end.sessions() == sessions.size() && end.turns() == turns.size()
                        && end.messages() == digest.messages() && head.messageCount() == digest.messages();
                receiver.end(end, digest.build().equals(end.digest()) && counted);
            }
            case Discarded(var id) when id.equals(head.id()) -> receiver.discard();
            case Head _,Missing _,Total _,Header _,SessionLine _,TurnLine _,MessageLine _,End _,Discarded _ ->
                throw new ArchiveDamaged("a line is not in its place in conversation " + head.id());
        }
    }

    private ArchiveLine line() {
        return lines.next().orElseThrow(() -> new ArchiveDamaged("the archive was cut " + place()));
    }

    private String place() {
        return last.map(id -> "behind conversation " + id).orElse("before its first conversation");
    }

    /** Ids grow: otherwise lines were moved, repeated or added. A conversation that was discarded may come again. */
    private void follow(ConversationId id) {
        if (last.isPresent() && id.compareTo(last.get()) <= 0) {
            throw new ArchiveDamaged("conversation " + id + " is not in its place " + place());
        }
    }

    private void check(Total end) {
        if (!total.total().equals(end)) {
            throw new ArchiveDamaged("the last line does not fit the archive: conversations are missing or changed");
        }
        digest = Optional.of(end.digest());
        if (lines.next().isPresent()) {
            throw new ArchiveDamaged("lines follow the last line of the archive");
        }
    }
}
