package dev.confab.adapter.persistence.contract.history;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import java.util.List;
import java.util.Optional;

/**
 * One run of a work: all that its transaction told it, and all that it recorded.
 *
 * @param base the head it started from
 * @param steps in order
 */
record Execution(Optional<Conversation> base, List<Step> steps) {
    Execution {
        steps = List.copyOf(steps);
    }

    /** One use of the transaction. */
    sealed interface Step {
    }

    /** {@code find()} gave this. */
    record Found(Optional<Conversation> head) implements Step {
    }

    /** {@code conversation()} gave this, or threw {@code ConversationNotFound} where it is empty. */
    record FoundLive(Optional<Conversation> head) implements Step {
    }

    /** {@code message(id)} gave this. */
    record FoundById(MessageId id, Optional<Message> message) implements Step {
    }

    /** {@code messageAt(position)} gave this. */
    record FoundAt(int position, Optional<Message> message) implements Step {
    }

    /** The event was recorded. */
    record Recorded(ConversationEvent event) implements Step {
    }

    /** The version of the state it started from; 0 for none. */
    long baseVersion() {
        return base.map(head -> head.version().value()).orElse(0L);
    }

    List<ConversationEvent> events() {
        return steps.stream().flatMap(step -> step instanceof Recorded(var event)
                ? java.util.stream.Stream.of(event)
                : java.util.stream.Stream.empty()).toList();
    }

    /** The version after its events; the base's when there are none. */
    long lastVersion() {
        List<ConversationEvent> events = events();
        return events.isEmpty() ? baseVersion() : events.getLast().version().value();
    }
}
