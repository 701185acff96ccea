package dev.confab.domain.work;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.conversation.ConversationEvent.ConversationPurged;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.SessionEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The net change that a transaction makes. Of the stored messages, the first {@code keptCount} remain, those in {@code edited} with new
 * content, and the others are removed; then {@code appended} follow. Applying the events one by one leads to the same state.
 *
 * @param before empty if there was no conversation
 * @param after empty after a purge
 * @param events empty if only sessions or turns changed
 * @param edited by position
 * @param sessionEvents without those before a purge
 * @param activity empty if no session or turn changed
 * @param token if the owner was erased after this token was taken, the change must not be committed; empty if nothing is to be checked
 */
public record Change(ConversationId id, Optional<Conversation> before, Optional<Conversation> after,
        List<ConversationEvent> events, int keptCount, List<Message> edited, List<Message> appended,
        List<SessionEvent> sessionEvents, Optional<ActivityChange> activity,
        Optional<FencingToken> token) {
    public Change {
        events = List.copyOf(events);
        edited = List.copyOf(edited);
        appended = List.copyOf(appended);
        sessionEvents = List.copyOf(sessionEvents);
        if (token.isPresent() && after.filter(head -> !head.owner().equals(token.get().owner())).isPresent()) {
            throw new IllegalArgumentException("the token is of another owner than conversation " + id);
        }
    }

    /**
     * The change that removes a conversation that cannot be read, in whatever state it is. It has the version 1 because the last one is
     * not known; no other purge has that.
     *
     * @param before the last head that was read
     */
    public static Change removal(ConversationId id, Optional<Conversation> before, Instant at) {
        return new Change(id, before, Optional.empty(), List.of(new ConversationPurged(id, Version.FIRST, at)), 0,
                List.of(), List.of(), List.of(), Optional.of(ActivityChange.none(Activity.NONE)), Optional.empty());
    }

    /** Whether the conversation of {@link #before} is purged. A head in {@link #after} is then that of a new conversation with this id. */
    public boolean purges() {
        return events.stream().anyMatch(ConversationPurged.class::isInstance);
    }
}
