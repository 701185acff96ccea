package dev.confab.adapter.persistence.file.message;

import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The last messages of a conversation, in memory until a checkpoint writes them to its messages file.
 *
 * <p>Readers hold a view: the array and a count. So appending copies nothing. Why that is right: the one writer puts a message behind
 * the count of every view and then publishes a longer view through a volatile field. A reader that has the longer view sees the
 * message; a reader that has a shorter one never looks behind its count.
 */
public final class Tail {
    private Message[] items;
    private final int initialCount;
    /** Index by id. It may name messages behind a view's count, so each view checks what it finds. */
    private final ConcurrentHashMap<MessageId, Integer> indexes = new ConcurrentHashMap<>();

    Tail(List<Message> messages) {
        items = messages.toArray(new Message[Math.max(4, messages.size())]);
        initialCount = messages.size();
        for (int i = 0; i < messages.size(); i++) {
            indexes.put(messages.get(i).id(), i);
        }
    }

    /** The messages this tail was made of. */
    View view() {
        return new View(items, initialCount);
    }

    /** The first {@code count} messages. */
    public final class View {
        private final Message[] seen;
        private final int count;

        private View(Message[] seen, int count) {
            this.seen = seen;
            this.count = count;
        }

        /** A view of these messages and the ones to append. Only the one writer may call it, and on the newest view. */
        View append(List<Message> messages) {
            int longer = count + messages.size();
            if (longer > items.length) {
                items = Arrays.copyOf(items, Math.max(longer, items.length * 2));
            }
            for (int i = 0; i < messages.size(); i++) {
                items[count + i] = messages.get(i);
                indexes.put(messages.get(i).id(), count + i);
            }
            return new View(items, longer);
        }

        public int count() {
            return count;
        }

        /** @param index 0..count - 1 */
        public Message get(int index) {
            return seen[Objects.checkIndex(index, count)];
        }

        Optional<Message> find(MessageId id) {
            Integer index = indexes.get(id);
            return index != null && index < count && seen[index].id().equals(id)
                    ? Optional.of(seen[index])
                    : Optional.empty();
        }

        public List<Message> toList() {
            return List.copyOf(Arrays.asList(seen).subList(0, count));
        }
    }
}
