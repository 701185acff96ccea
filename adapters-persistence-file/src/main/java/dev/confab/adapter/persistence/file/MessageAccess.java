package dev.confab.adapter.persistence.file;

import dev.confab.adapter.persistence.file.HeadFile.Damaged;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Finds the messages of a {@link State}, wherever each of them stands. */
record MessageAccess(MessageFiles files) {
    /** So many messages, and about so many bytes, are read from a file in one go. */
    private static final int PIECE_MESSAGES = 256;
    private static final int PIECE_BYTES = 1 << 20;

    Optional<Message> find(ConversationId id, State state, MessageId messageId) throws IOException, Damaged {
        OptionalInt inTail = state.tail().find(messageId);
        if (inTail.isPresent()) {
            return Optional.of(state.tail().get(inTail.getAsInt()));
        }
        if (state.kept() == 0) {
            return Optional.empty();
        }
        OptionalInt inFile = files.index(id, state.file()).find(messageId);
        return inFile.isPresent() && inFile.getAsInt() <= state.kept()
                ? Optional.of(at(id, state, inFile.getAsInt()))
                : Optional.empty();
    }

    /** @param position 1..messageCount */
    Message at(ConversationId id, State state, int position) throws IOException, Damaged {
        return range(id, state, position, position).getFirst();
    }

    /** The messages at positions {@code first..last}; the caller keeps the range small. */
    private List<Message> range(ConversationId id, State state, int first, int last) throws IOException, Damaged {
        var messages = new ArrayList<Message>(last - first + 1);
        int lastInFile = Math.min(last, state.kept());
        if (first <= lastInFile) {
            boolean allEdited = first == lastInFile && state.edited().containsKey(first);
            List<Message> stored = allEdited
                    ? List.of(state.edited().get(first))
                    : files.read(id, state.file(), files.index(id, state.file()), first, lastInFile);
            for (Message message : stored) {
                messages.add(state.edited().getOrDefault(message.position(), message));
            }
        }
        for (int position = Math.max(first, state.kept() + 1); position <= last; position++) {
            messages.add(state.tail().get(position - state.kept() - 1));
        }
        return messages;
    }

    /** Is given messages one by one; returns whether to go on. */
    interface Visitor {
        boolean visit(Message message) throws IOException;
    }

    /** Gives the messages at {@code first..last} one by one, upwards, until the visitor has enough. */
    void upwards(ConversationId id, State state, int first, int last, Visitor visitor)
            throws IOException, Damaged {
        for (int from = first; from <= last;) {
            int to = pieceEnd(id, state, from, last, 1);
            for (Message message : range(id, state, from, to)) {
                if (!visitor.visit(message)) {
                    return;
                }
            }
            from = to + 1;
        }
    }

    /** As {@link #upwards}, from the last to the first. */
    void downwards(ConversationId id, State state, int first, int last, Visitor visitor)
            throws IOException, Damaged {
        for (int to = last; to >= first;) {
            int from = pieceEnd(id, state, to, first, -1);
            for (Message message : range(id, state, from, to).reversed()) {
                if (!visitor.visit(message)) {
                    return;
                }
            }
            to = from - 1;
        }
    }

    /** The positions of the messages whose version is greater, upwards; at most {@code limit} of them. */
    List<Integer> changedSince(ConversationId id, State state, long version, int limit) throws IOException, Damaged {
        var positions = new ArrayList<Integer>();
        // What the file holds is no newer than its version, so most callers need no look at it.
        MessageIndex index = state.file().version() > version ? files.index(id, state.file()) : null;
        if (index != null || !state.edited().isEmpty()) {
            for (int position = 1; position <= state.kept() && positions.size() < limit; position++) {
                Message edited = state.edited().get(position);
                if (edited != null
                        ? edited.version().value() > version
                        : index != null && index.version(position) > version) {
                    positions.add(position);
                }
            }
        }
        for (int i = 0; i < state.tail().count() && positions.size() < limit; i++) {
            if (state.tail().get(i).version().value() > version) {
                positions.add(state.kept() + i + 1);
            }
        }
        return positions;
    }

    /** How far one read goes: a piece ends at its bounds, and where the file ends. */
    private int pieceEnd(ConversationId id, State state, int start, int bound, int step) throws IOException, Damaged {
        if (start > state.kept()) {
            int tailBound = step > 0 ? bound : Math.max(bound, state.kept() + 1);
            return step > 0
                    ? Math.min(tailBound, start + PIECE_MESSAGES - 1)
                    : Math.max(tailBound, start - PIECE_MESSAGES + 1);
        }
        MessageIndex index = files.index(id, state.file());
        int end = start;
        long bytes = 0;
        int fileBound = step > 0 ? Math.min(bound, state.kept()) : bound;
        for (int n = 0; n < PIECE_MESSAGES && bytes < PIECE_BYTES && end != fileBound; n++) {
            bytes += index.end(end) - index.start(end);
            end += step;
        }
        return end;
    }
}
