package dev.confab.adapter.persistence.file;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.session.Activity;
import dev.confab.domain.work.ActivityChange;
import dev.confab.domain.work.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A conversation as of one commit, immutable: what readers take in one volatile read, and what a work starts from.
 *
 * <p>Its messages stand in three places: the first {@code kept} in the messages file, but for those {@code edited} since the last
 * checkpoint; the rest in the tail.
 *
 * @param head empty when it never began or was purged
 * @param activity {@link Activity#NONE} itself when there is none, as in most conversations
 * @param revision grows by 1 with every commit
 * @param commit the number of the last commit it holds; 0 when there is none
 * @param file the messages file; its generation is 0 while there is none
 * @param edited by position, each at most {@code kept}
 */
record State(Optional<Conversation> head, Activity activity, long revision, long commit, MessagesFile file, int kept,
        Map<Integer, Message> edited, Tail.View tail) {

    /**
     * What the head on disk says of its messages file; what lies past {@code length} is not part of it.
     *
     * @param generation 1, 2, …; the file's name has it; 0 before the first
     * @param length in bytes; 0 when there is no file
     * @param count messages, a line each
     * @param version the conversation's version that the file is as of
     */
    record MessagesFile(int generation, long length, int count, long version) {
        static final MessagesFile NONE = new MessagesFile(0, 0, 0, 0);
    }

    static final State ABSENT = checkpointed(Optional.empty(), Activity.NONE, 0, 0, MessagesFile.NONE);

    /** The state that a head on disk describes. */
    static State checkpointed(Optional<Conversation> head, Activity activity, long revision, long commit,
            MessagesFile file) {
        return new State(head, activity, revision, commit, file, file.count(), Map.of(), new Tail(List.of()).view(0));
    }

    int messageCount() {
        return kept + tail.count();
    }

    /** Whether readers see it at {@code now}. */
    boolean isLive(Instant now) {
        return head.isPresent() && !head.get().isDeleted() && !head.get().isExpired(now);
    }

    /** Whether the messages file holds exactly the first messages, so that a checkpoint may append to it. */
    boolean appendsToFile() {
        return kept == file.count() && edited.isEmpty() && file.length() > 0;
    }

    /** The state after a commit. Only by the one writer of the conversation; costs what the change weighs, but for truncation. */
    State after(Change change, long commitNumber) {
        int keptInFile = Math.min(kept, change.kept());
        Activity now = change.activity().map(ActivityChange::after).orElse(activity);
        return new State(change.after(), now.equals(Activity.NONE) ? Activity.NONE : now, revision + 1, commitNumber,
                file, keptInFile, edits(change, keptInFile),
                tail(change, keptInFile));
    }

    private Map<Integer, Message> edits(Change change, int keptInFile) {
        if (keptInFile == kept && change.edited().stream().noneMatch(message -> message.position() <= keptInFile)) {
            return edited;
        }
        var edits = new HashMap<>(edited);
        change.edited().forEach(message -> edits.put(message.position(), message));
        edits.keySet().removeIf(position -> position > keptInFile);
        return Map.copyOf(edits);
    }

    private Tail.View tail(Change change, int keptInFile) {
        if (change.appended().isEmpty() && change.edited().isEmpty() && change.kept() == messageCount()) {
            return tail;
        }
        // An empty tail may be shared: every conversation begins from the same ABSENT.
        boolean onlyAppends = tail.count() > 0 && change.kept() == messageCount()
                && change.edited().stream().noneMatch(message -> message.position() > keptInFile);
        if (onlyAppends) {
            return tail.tail().append(tail, change.appended());
        }
        var messages = new ArrayList<Message>(tail.toList().subList(0, Math.max(0, change.kept() - kept)));
        for (Message message : change.edited()) {
            if (message.position() > keptInFile) {
                messages.set(message.position() - keptInFile - 1, message);
            }
        }
        messages.addAll(change.appended());
        return new Tail(messages).view(messages.size());
    }
}
