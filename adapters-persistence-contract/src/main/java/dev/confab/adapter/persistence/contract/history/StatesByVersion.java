package dev.confab.adapter.persistence.contract.history;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.session.Activity;
import dev.confab.domain.work.Change;
import dev.confab.domain.work.UnitOfWork;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Every state a conversation has been in, by version: 0 before its beginning, then one after each commit. Costs memory per
 * event, not per state.
 */
final class StatesByVersion {
    private final TreeMap<Long, Optional<Conversation>> heads = new TreeMap<>(Map.of(0L, Optional.empty()));
    private final Map<Integer, TreeMap<Long, Message>> byPosition = new HashMap<>();
    private final Map<MessageId, TreeMap<Long, Integer>> positions = new HashMap<>();

    void add(Change change) {
        Conversation after = change.after().orElseThrow();
        long version = after.version().value();
        heads.put(version, change.after());
        change.edited().forEach(message -> put(version, message));
        change.appended().forEach(message -> put(version, message));
    }

    private void put(long version, Message message) {
        byPosition.computeIfAbsent(message.position(), position -> new TreeMap<>()).put(version, message);
        positions.computeIfAbsent(message.id(), id -> new TreeMap<>()).put(version, message.position());
    }

    /** The versions at which a commit ended, and 0. */
    NavigableSet<Long> versions() {
        return heads.navigableKeySet();
    }

    boolean isState(long version) {
        return heads.containsKey(version);
    }

    /** @param version of a state */
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
