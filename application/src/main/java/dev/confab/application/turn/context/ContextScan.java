package dev.confab.application.turn.context;

import dev.confab.application.Turns.ContextTooLarge;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.port.TokenCounter.Encoding;
import dev.confab.domain.query.TokenWindow.Counted;
import dev.confab.domain.query.Window;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Takes messages, the newest first, until a budget of tokens is full. Not thread-safe. */
final class ContextScan {
    private final Encoding encoding;
    private final int budget;
    private int left;
    private long bytesLeft = Window.MAX_BYTES;
    /** System messages that are counted already and that the scan has not reached. */
    private final TreeMap<Integer, Counted> required = new TreeMap<>();
    /** Oldest first. */
    private final Deque<MessageGroup> groups = new ArrayDeque<>();
    /** A run of results whose call may come next; oldest first. */
    private final Deque<Counted> results = new ArrayDeque<>();
    private int resultTokens;
    private long resultBytes;
    /** The position from which on all messages are selected. */
    private int from;

    /** @param reserved how much of the budget is needed for other things than messages */
    ContextScan(Encoding encoding, int budget, int reserved) {
        this.encoding = encoding;
        this.budget = budget;
        this.left = budget - reserved;
        requireRoom();
    }

    /** Counts messages that are selected in any case, before the scan reaches them. */
    void require(Stream<Message> messages) {
        messages.forEach(message -> {
            Counted counted = count(message, left);
            left -= counted.tokens();
            requireRoom();
            required.put(message.position(), counted);
        });
    }

    /** Takes the next older messages, newest first. Returns false when the budget is full; the others are then left out. */
    boolean offer(List<Message> messages) {
        if (from == 0 && !messages.isEmpty()) {
            from = messages.getFirst().position() + 1;
        }
        for (Message message : messages) {
            if (!offer(message)) {
                return false;
            }
        }
        // Nothing is older than the first message of a conversation.
        return messages.isEmpty() || messages.getLast().position() > 1 || takeResults();
    }

    private boolean offer(Message message) {
        if (message.isRemoved()) {
            from = results.isEmpty() ? message.position() : from;
            return true;
        }
        return switch (message.role()) {
            case TOOL -> takeResult(message);
            case ASSISTANT -> {
                addToResults(message);
                yield takeResults();
            }
            case USER -> takeResults() && take(List.of(count(message, left)));
            case SYSTEM -> takeResults() && takeSystem(message);
        };
    }

    /** A run of results waits for its call, as long as the run fits. */
    private boolean takeResult(Message message) {
        if (resultBytes + message.weight() > bytesLeft && !results.isEmpty()) {
            boolean _ = groups.isEmpty() && takeResults();
            return false;
        }
        addToResults(message);
        return resultTokens <= left || isFull();
    }

    private void addToResults(Message message) {
        Counted counted = count(message, left - resultTokens);
        results.addFirst(counted);
        resultTokens += counted.tokens();
        resultBytes += message.weight();
    }

    private boolean takeSystem(Message message) {
        Counted counted = required.remove(message.position());
        if (counted == null) {
            return take(List.of(count(message, left)));
        }
        add(List.of(counted));
        return true;
    }

    private boolean takeResults() {
        List<Counted> group = List.copyOf(results);
        results.clear();
        resultTokens = 0;
        resultBytes = 0;
        return group.isEmpty() || take(group);
    }

    private boolean take(List<Counted> group) {
        int tokens = tokens(group);
        long bytes = group.stream().mapToLong(counted -> counted.message().weight()).sum();
        if (tokens > left || bytes > bytesLeft && !groups.isEmpty()) {
            return isFull();
        }
        left -= tokens;
        bytesLeft -= bytes;
        add(group);
        return true;
    }

    private void add(List<Counted> group) {
        // The last message is the prompt: it and its group are selected in any case.
        boolean always = groups.isEmpty() || group.getFirst().message().role() == Role.SYSTEM;
        groups.addFirst(new MessageGroup(group, tokens(group), always));
        from = group.getFirst().message().position();
    }

    /** Returns false: what does not fit is left out, unless it must be told. */
    private boolean isFull() {
        if (groups.isEmpty()) {
            throw new ContextTooLarge(budget);
        }
        return false;
    }

    /** What was taken, and the system messages that the scan has not reached. */
    SelectedMessages selected(Conversation head) {
        var all = new ArrayList<MessageGroup>();
        required.values().forEach(counted -> all.add(new MessageGroup(List.of(counted), counted.tokens(), true)));
        all.addAll(groups);
        int older = Math.max(0, from - 1);
        return new SelectedMessages(head, all, older - required.size(), encoding.name());
    }

    private void requireRoom() {
        if (left < 0) {
            throw new ContextTooLarge(budget);
        }
    }

    private Counted count(Message message, int limit) {
        return new Counted(message, encoding.count(message, Math.max(0, limit)));
    }

    private static int tokens(List<Counted> messages) {
        return messages.stream().mapToInt(Counted::tokens).sum();
    }
}
