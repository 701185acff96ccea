package dev.confab.adapter.persistence.file.message;

import dev.confab.domain.conversation.Message;
import dev.confab.domain.work.Change;
import dev.confab.domain.work.MessageOverlay;
import java.util.List;
import java.util.Map;

/**
 * A conversation's messages as of one commit, immutable: the first {@code keptInFile} are in the messages file, except those {@code edited}
 * since the last checkpoint, by position; the others are in the tail. Appending costs as much as the appended messages and leaves older
 * snapshots as they are. Any other change copies all messages and edits since the last checkpoint.
 *
 * @param weight the sum of the messages' weights
 */
public record StoredMessages(MessagesFile file, int keptInFile, Map<Integer, Message> edited, Tail.View tail,
        long weight) {

    /** Exactly the messages of the file. */
    public static StoredMessages of(MessagesFile file) {
        return new StoredMessages(file, file.count(), Map.of(), new Tail(List.of()).view(), file.weight());
    }

    public int count() {
        return keptInFile + tail.count();
    }

    /** Whether the file holds exactly the first messages, so that a checkpoint may append the tail to it. */
    public boolean extendsFile() {
        return keptInFile == file.count() && edited.isEmpty() && file.length() > 0;
    }

    /**
     * The messages after a change. Only the conversation's one writer may call it, and on its newest state.
     *
     * @param removedWeight as {@link MessageReader#removedWeight} found it
     */
    public StoredMessages after(Change change, long removedWeight) {
        boolean onlyAppends = change.keptCount() == count() && change.edited().isEmpty();
        if (onlyAppends && change.appended().isEmpty()) {
            return this;
        }
        long newWeight = weight - removedWeight + weightOf(change.edited()) + weightOf(change.appended());
        if (onlyAppends && tail.count() > 0) {
            return new StoredMessages(file, keptInFile, edited, tail.append(change.appended()), newWeight);
        }
        // Not into an empty tail: snapshots of several conversations may share that one.
        var overlay = new MessageOverlay(keptInFile);
        edited.values().forEach(overlay::edit);
        tail.toList().forEach(overlay::append);
        overlay.add(change);
        return new StoredMessages(file, overlay.keptCount(), Map.copyOf(overlay.edited()),
                new Tail(overlay.appended()).view(), newWeight);
    }

    private static long weightOf(List<Message> messages) {
        return messages.stream().mapToLong(Message::weight).sum();
    }
}
