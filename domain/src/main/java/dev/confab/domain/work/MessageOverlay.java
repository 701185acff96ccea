package dev.confab.domain.work;

import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Pending changes to a conversation's list of messages, which stays unchanged: its first {@link #keptCount} messages remain, those in
 * {@link #edited} with new content, and {@link #appended} follow. The cost does not depend on the length of the list. Not thread-safe.
 */
public final class MessageOverlay {
    private int keptCount;
    private final TreeMap<Integer, Message> edited = new TreeMap<>();
    private final List<Message> appended = new ArrayList<>();
    private final Map<MessageId, Integer> appendedPositions = new HashMap<>();

    /** An overlay without changes over a list of this length. */
    public MessageOverlay(int count) {
        this.keptCount = count;
    }

    /** @param message its position must be {@link #count()} + 1 */
    public void append(Message message) {
        appended.add(message);
        appendedPositions.put(message.id(), message.position());
    }

    /** Replaces the message at the same position, 1..{@link #count()}. */
    public void edit(Message message) {
        int position = message.position();
        if (position > keptCount) {
            appended.set(position - keptCount - 1, message);
        } else {
            edited.put(position, message);
        }
    }

    /** Removes all messages after the first {@code keep}. */
    public void truncate(int keep) {
        while (count() > keep && !appended.isEmpty()) {
            appendedPositions.remove(appended.removeLast().id());
        }
        keptCount = Math.min(keptCount, keep);
        edited.tailMap(keptCount, false).clear();
    }

    /** Applies a change that was computed from the messages as this overlay shows them. */
    public void add(Change change) {
        truncate(change.keptCount());
        change.edited().forEach(this::edit);
        change.appended().forEach(this::append);
    }

    /** The number of messages. */
    public int count() {
        return keptCount + appended.size();
    }

    /** The number of messages of the list below that remain. */
    public int keptCount() {
        return keptCount;
    }

    /** The changed ones of the remaining messages, by position. */
    public SortedMap<Integer, Message> edited() {
        return Collections.unmodifiableSortedMap(edited);
    }

    /** The messages at positions keptCount + 1, keptCount + 2, … */
    public List<Message> appended() {
        return Collections.unmodifiableList(appended);
    }

    /** The appended message with this id. */
    public Optional<Message> appended(MessageId id) {
        return Optional.ofNullable(appendedPositions.get(id)).map(position -> appended.get(position - keptCount - 1));
    }

    /** The changed or appended message at a position of 1..{@link #count()}; empty if the message of the list below is unchanged. */
    public Optional<Message> at(int position) {
        return Optional
                .ofNullable(position > keptCount ? appended.get(position - keptCount - 1) : edited.get(position));
    }

    /** The current content of a message of the list below; empty if it was truncated. */
    public Optional<Message> over(Message below) {
        return below.position() > keptCount
                ? Optional.empty()
                : Optional.of(edited.getOrDefault(below.position(), below));
    }
}
