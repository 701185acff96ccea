package dev.confab.domain.work;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.session.SessionEvent;
import java.util.List;
import java.util.Optional;

/**
 * The net change of a transaction: the first {@code kept} stored messages stay, but those {@code edited}; the others go;
 * {@code appended} follow. Applying the events one by one leads to the same state.
 *
 * @param before the head before; empty when there was no conversation
 * @param after the head after; empty after a purge
 * @param events in order; none when only sessions or turns changed
 * @param kept how many of the stored messages stay
 * @param edited by position, each at most {@code kept}, in their new form
 * @param appended at positions kept + 1, kept + 2, …
 * @param sessionEvents in order; those before a purge are left out
 * @param activity the net change of sessions and turns; empty when there is none
 */
public record Change(ConversationId id, Optional<Conversation> before, Optional<Conversation> after,
        List<ConversationEvent> events, int kept, List<Message> edited, List<Message> appended,
        List<SessionEvent> sessionEvents, Optional<ActivityChange> activity) {
    public Change {
        events = List.copyOf(events);
        edited = List.copyOf(edited);
        appended = List.copyOf(appended);
        sessionEvents = List.copyOf(sessionEvents);
    }

    /** Whether the conversation of {@link #before} was purged; if there is a head after, it is another conversation's. */
    public boolean purges() {
        return events.stream().anyMatch(ConversationEvent.ConversationPurged.class::isInstance);
    }
}
