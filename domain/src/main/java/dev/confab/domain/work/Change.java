package dev.confab.domain.work;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.SessionEvent;
import java.util.List;
import java.util.Optional;

/**
 * What a commit does to what is stored: the first {@code kept} stored messages stay, but those {@code edited}; the others go;
 * {@code appended} follow. Applying the events one by one comes to the same.
 *
 * @param before the head it started from
 * @param after the head it leads to; empty after a purge
 * @param events in order; none when only sessions or turns changed
 * @param edited by position, each at most {@code kept}, as they are now
 * @param appended at positions kept + 1, kept + 2, …
 * @param sessionEvents in order; those before a purge are left out
 * @param activity as it is now; empty when it did not change
 */
public record Change(ConversationId id, Optional<Conversation> before, Optional<Conversation> after,
        List<ConversationEvent> events, int kept, List<Message> edited, List<Message> appended,
        List<SessionEvent> sessionEvents, Optional<Activity> activity) {
    public Change {
        events = List.copyOf(events);
        edited = List.copyOf(edited);
        appended = List.copyOf(appended);
        sessionEvents = List.copyOf(sessionEvents);
    }
}
