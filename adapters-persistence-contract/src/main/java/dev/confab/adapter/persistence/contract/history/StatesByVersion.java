package dev.confab.adapter.persistence.contract.history;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.session.Activity;
import dev.confab.domain.work.Change;
import dev.confab.domain.work.UnitOfWork;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Every state that a conversation has been in, by version: 0 before it existed, then one after each commit. Memory grows with the
 * number of events, not with the number of states times their size.
 */
final class StatesByVersion {
    private final TreeMap<Long, Optional<Conversation>> heads = new TreeMap<>(Map.of(0L, Optional.empty()));
    private final Map<Integer, TreeMap<Long, Message>> byPosition = new HashMap<>();
    private final Map<MessageId, TreeMap<Long, Integer>> positions = new HashMap<>();

    /** Adds the state after a commit. */
    void add(Change change) {
        long version = change.after().orElseThrow().version().value();
        heads.put(version, change.after());
        change.edited().forEach(message -> put(version, message));
        change.appended().forEach(message -> put(version, message));
    }

    private void put(long version, Message message) {
        byPosition.computeIfAbsent(message.position(), position -> new TreeMap<>()).put(version, message);
        positions.computeIfAbsent(message.id(), id -> new TreeMap<>()).put(version, message.position());
    }

    /** The versions of the states, ascending. A commit of several events skips the versions between. */
    NavigableSet<Long> versions() {
        return heads.navigableKeySet();
    }

    /** Whether the conversation has been in a state of this version. */
    boolean contains(long version) {
        return heads.containsKey(version);
    }

    /** @param version one of {@link #versions()} */
    State at(long version) {
        return new State(version);
    }

    /** One of the states. */
    final class State implements UnitOfWork.Stored {
        private final long version;

        private State(long version) {
            this.version = version;
        }

        @Override
        public Optional<Conversation> head() {
            return heads.getOrDefault(version, Optional.empty());
        }

        boolean isLive() {
            return head().filter(head -> !head.isDeleted()).isPresent();
        }

        int count() {
            return head().map(Conversation::messageCount).orElse(0);
        }

        List<Message> messages() {
            return IntStream.rangeClosed(1, count()).mapToObj(this::messageAt).toList();
        }

        @Override
        public Message messageAt(int position) {
            return byPosition.getOrDefault(position, new TreeMap<>()).floorEntry(version).getValue();
        }

        @Override
        public Optional<Message> message(MessageId id) {
            var entry = positions.getOrDefault(id, new TreeMap<>()).floorEntry(version);
            return entry == null || entry.getValue() > count()
                    ? Optional.empty()
                    : Optional.of(messageAt(entry.getValue())).filter(message -> message.id().equals(id));
        }

        @Override
        public Activity activity() {
            return Activity.NONE;
        }
    }
}
