package dev.confab.adapter.persistence.contract.history;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import java.util.List;
import java.util.Optional;

/**
 * One execution of a transaction function: everything that its transaction returned to it, and everything that it recorded.
 *
 * @param base the head that it started from
 * @param steps in order
 */
record Execution(Optional<Conversation> base, List<Step> steps) {
    Execution {
        steps = List.copyOf(steps);
    }

    /** One use of the transaction. */
    sealed interface Step {
    }

    /** {@code find()} returned this. */
    record Found(Optional<Conversation> head) implements Step {
    }

    /** {@code conversation()} returned this, or threw {@code ConversationNotFound} where this is empty. */
    record FoundLive(Optional<Conversation> head) implements Step {
    }

    /** {@code message(id)} returned this. */
    record FoundById(MessageId id, Optional<Message> message) implements Step {
    }

    /** {@code messageAt(position)} returned this. */
    record FoundAt(int position, Optional<Message> message) implements Step {
    }

    /** The event was recorded. */
    record Recorded(ConversationEvent event) implements Step {
    }

    /** The version of the state it started from; 0 when there was no conversation. */
    long baseVersion() {
        return base.map(head -> head.version().value()).orElse(0L);
    }

    /** The recorded events, in order. */
    List<ConversationEvent> events() {
        return steps.stream().filter(Recorded.class::isInstance).map(step -> ((Recorded) step).event()).toList();
    }

    /** The version after its events; {@link #baseVersion()} when it recorded none. */
    long lastVersion() {
        List<ConversationEvent> events = events();
        return events.isEmpty() ? baseVersion() : events.getLast().version().value();
    }
}
