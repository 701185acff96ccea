package dev.confab.adapter.persistence.jpa;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent.ConversationPurged;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.work.Change;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What several works changed, one after another, as one change over the state below: of the messages there the first
 * {@link #kept} stay, but those {@link #edited}, and {@link #appended} follow.
 *
 * <p>Only the holder of the conversation's turn changes it, and nobody once its commit has begun.
 */
final class Layer {
    private Optional<Conversation> head;
    private int kept;
    private final TreeMap<Integer, Message> edited = new TreeMap<>();
    private final List<Message> appended = new ArrayList<>();
    private final Map<MessageId, Integer> appendedPositions = new HashMap<>();
    private final ActivityChange activity = new ActivityChange();
    private boolean changed;
    private boolean purged;

    /** Nothing changed yet over a state with this head. */
    Layer(Optional<Conversation> below) {
        this.head = below;
        this.kept = below.map(Conversation::messageCount).orElse(0);
    }

    /** The change of a work that ran over this layer. */
    void add(Change change) {
        truncate(change.kept());
        for (Message message : change.edited()) {
            if (message.position() > kept) {
                appended.set(message.position() - kept - 1, message);
            } else {
                edited.put(message.position(), message);
            }
        }
        for (Message message : change.appended()) {
            appended.add(message);
            appendedPositions.put(message.id(), message.position());
        }
        activity.add(change);
        head = change.after();
        purged |= change.events().stream().anyMatch(ConversationPurged.class::isInstance);
        changed = true;
    }

    private void truncate(int keep) {
        while (kept + appended.size() > keep && !appended.isEmpty()) {
            appendedPositions.remove(appended.removeLast().id());
        }
        kept = Math.min(kept, keep);
        edited.tailMap(kept, false).clear();
    }

    boolean isChanged() {
        return changed;
    }

    /** Whether the conversation of the state below was purged; if there is a head, it is another one's. */
    boolean isPurged() {
        return purged;
    }

    Optional<Conversation> head() {
        return head;
    }

    /** What became of sessions and turns. */
    ActivityChange activity() {
        return activity;
    }

    int kept() {
        return kept;
    }

    Collection<Message> edited() {
        return edited.values();
    }

    List<Message> appended() {
        return appended;
    }

    /** The message with this id, if it was appended here. */
    Optional<Message> appended(MessageId id) {
        return Optional.ofNullable(appendedPositions.get(id)).map(position -> appended.get(position - kept - 1));
    }

    /** The message at this position, if it was appended or edited here. */
    Optional<Message> at(int position) {
        return position > kept
                ? Optional.of(appended.get(position - kept - 1))
                : Optional.ofNullable(edited.get(position));
    }

    /** A message from below as it is here; empty when it was truncated away. */
    Optional<Message> over(Message below) {
        return below.position() > kept
                ? Optional.empty()
                : Optional.of(edited.getOrDefault(below.position(), below));
    }
}
