package dev.confab.adapter.persistence.file.message;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.query.Window;
import dev.confab.domain.work.Change;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the messages of a conversation, from memory or from its messages file. */
public record MessageReader(MessagesFileReader files) {
    /** One read of a file ends after this many messages, or after about this many bytes. */
    private static final int PIECE_MESSAGES = 256;
    private static final int PIECE_BYTES = 1 << 20;

    public Optional<Message> find(ConversationId id, StoredMessages messages, MessageId messageId) throws IOException {
        Optional<Message> inTail = messages.tail().find(messageId);
        if (inTail.isPresent() || messages.keptInFile() == 0) {
            return inTail;
        }
        OptionalInt inFile = files.index(id, messages.file()).find(messageId);
        return inFile.isPresent() && inFile.getAsInt() <= messages.keptInFile()
                ? Optional.of(at(id, messages, inFile.getAsInt()))
                : Optional.empty();
    }

    /** @param position 1..count */
    public Message at(ConversationId id, StoredMessages messages, int position) throws IOException {
        return range(id, messages, position, position).getFirst();
    }

    /** The messages at positions {@code first..last}; the caller keeps the range small. */
    private List<Message> range(ConversationId id, StoredMessages stored, int first, int last) throws IOException {
        var messages = new ArrayList<Message>(last - first + 1);
        int lastInFile = Math.min(last, stored.keptInFile());
        if (first == lastInFile && stored.edited().containsKey(first)) {
            messages.add(stored.edited().get(first));
        } else if (first <= lastInFile) {
            for (Message message : files.read(id, stored.file(), files.index(id, stored.file()), first, lastInFile)) {
                messages.add(stored.edited().getOrDefault(message.position(), message));
            }
        }
        for (int position = Math.max(first, stored.keptInFile() + 1); position <= last; position++) {
            messages.add(stored.tail().get(position - stored.keptInFile() - 1));
        }
        return messages;
    }

    /** Receives messages one by one. */
    public interface Visitor {
        /** @return whether to go on */
        boolean visit(Message message) throws IOException;
    }

    /** Visits the messages at positions {@code first..last} in this order; none when {@code first > last}. */
    public void visit(ConversationId id, StoredMessages messages, int first, int last, Window.Order order,
            Visitor visitor) throws IOException {
        int step = switch (order) {
            case ASCENDING -> 1;
            case DESCENDING -> -1;
        };
        int bound = step > 0 ? last : first;
        for (int start = step > 0 ? first : last; (bound - start) * step >= 0;) {
            int end = pieceEnd(id, messages, start, bound, step);
            List<Message> piece = range(id, messages, Math.min(start, end), Math.max(start, end));
            for (Message message : step > 0 ? piece : piece.reversed()) {
                if (!visitor.visit(message)) {
                    return;
                }
            }
            start = end + step;
        }
    }

    /** Visits all messages, the first one first. */
    public void visitAll(ConversationId id, StoredMessages messages, Visitor visitor) throws IOException {
        visit(id, messages, 1, messages.count(), Window.Order.ASCENDING, visitor);
    }

    /**
     * The weight of the messages that a change removes or replaces. A message that cannot be read has the average weight: that a message is
     * damaged must not keep its removal from being written.
     */
    public long removedWeight(ConversationId id, StoredMessages messages, Change change) {
        int removed = messages.count() - change.keptCount() + change.edited().size();
        if (removed == 0 || change.keptCount() == 0) {
            return removed == 0 ? 0 : messages.weight();
        }
        long[] weight = {0};
        try {
            visit(id, messages, change.keptCount() + 1, messages.count(), Window.Order.ASCENDING, message -> {
                weight[0] += message.weight();
                return true;
            });
            for (Message edited : change.edited()) {
                weight[0] += at(id, messages, edited.position()).weight();
            }
            return weight[0];
        } catch (IOException unreadable) {
            return messages.weight() * removed / messages.count();
        }
    }

    /** The last position of the piece that begins at {@code start}. */
    private int pieceEnd(ConversationId id, StoredMessages messages, int start, int bound, int step)
            throws IOException {
        // The tail alone needs no index.
        MessageIndex index = Math.min(start, bound) > messages.keptInFile()
                ? MessageIndex.empty(0)
                : files.index(id, messages.file());
        int end = start;
        long bytes = 0;
        for (int n = 1; n < PIECE_MESSAGES && bytes < PIECE_BYTES && end != bound; n++) {
            bytes += end <= messages.keptInFile() ? index.end(end) - index.start(end) : 0;
            end += step;
        }
        return end;
    }

    /** The positions of messages with a greater version, in ascending order; at most {@code limit}. */
    public List<Integer> changedSince(ConversationId id, StoredMessages messages, long version, int limit)
            throws IOException {
        var positions = new ArrayList<Integer>();
        // No message in the file is newer than the file, so most callers need no index.
        MessageIndex index = messages.file().version() > version ? files.index(id, messages.file()) : null;
        if (index != null || !messages.edited().isEmpty()) {
            for (int position = 1; position <= messages.keptInFile() && positions.size() < limit; position++) {
                Message edited = messages.edited().get(position);
                if (edited != null
                        ? edited.version().value() > version
                        : index != null && index.version(position) > version) {
                    positions.add(position);
                }
            }
        }
        for (int i = 0; i < messages.tail().count() && positions.size() < limit; i++) {
            if (messages.tail().get(i).version().value() > version) {
                positions.add(messages.keptInFile() + i + 1);
            }
        }
        return positions;
    }
}
