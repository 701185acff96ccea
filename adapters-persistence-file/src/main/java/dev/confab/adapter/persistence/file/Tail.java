package dev.confab.adapter.persistence.file;

import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The messages of a conversation that no checkpoint holds yet, pinned in memory.
 *
 * <p>A view is a pair of this and a count, so that appending copies nothing: one writer at a time puts a message behind every
 * view's count and then publishes a view that counts it. Why that is right: a reader's view came through a volatile field after
 * the put, so it sees the messages it counts; what lies behind its count it never looks at. Anything but appending makes a new
 * tail.
 */
final class Tail {
    private Message[] items;
    /** Index by id. May name messages behind a view's count, so every find is checked against the view. */
    private final ConcurrentHashMap<MessageId, Integer> indexes = new ConcurrentHashMap<>();

    Tail(List<Message> messages) {
        items = messages.toArray(new Message[Math.max(4, messages.size())]);
        for (int i = 0; i < messages.size(); i++) {
            indexes.put(messages.get(i).id(), i);
        }
    }

    /** A view of the first {@code count} messages. */
    View view(int count) {
        return new View(items, count);
    }

    /** Only by the one writer, and only behind the newest view. */
    View append(View newest, List<Message> messages) {
        int count = newest.count + messages.size();
        if (count > items.length) {
            items = Arrays.copyOf(items, Math.max(count, items.length * 2));
        }
        for (int i = 0; i < messages.size(); i++) {
            items[newest.count + i] = messages.get(i);
            indexes.put(messages.get(i).id(), newest.count + i);
        }
        return new View(items, count);
    }

    /** The first {@code count} messages, as they were when this view was made. */
    final class View {
        private final Message[] seen;
        private final int count;

        private View(Message[] seen, int count) {
            this.seen = seen;
            this.count = count;
        }

        Tail tail() {
            return Tail.this;
        }

        int count() {
            return count;
        }

        Message get(int index) {
            return seen[Objects.checkIndex(index, count)];
        }

        OptionalInt find(MessageId id) {
            Integer index = indexes.get(id);
            return index != null && index < count && seen[index].id().equals(id)
                    ? OptionalInt.of(index)
                    : OptionalInt.empty();
        }

        List<Message> toList() {
            return List.copyOf(Arrays.asList(seen).subList(0, count));
        }
    }
}
