package dev.confab.domain.work;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.Lifetime;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.SessionEvent;
import dev.confab.domain.session.SessionEvent.SessionEnded;
import dev.confab.domain.session.SessionEvent.SessionStarted;
import dev.confab.domain.session.SessionEvent.TurnChanged;
import dev.confab.domain.session.SessionEvent.TurnStarted;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnState.Queued;
import dev.confab.domain.session.TurnState.Running;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Records a conversation as another store had it, with the events that every store knows: an import with the head as it was, and for each
 * session and turn its start and, if it has ended, its end.
 */
public final class Restoration {
    private Restoration() {
    }

    /**
     * Records the conversation; the transaction must be one on its id, and there must be no conversation.
     *
     * @param now the time of the move; nothing in the conversation changes with it
     * @throws dev.confab.domain.conversation.InvalidValue if head and messages do not match
     * @throws dev.confab.domain.port.TransactionTooLarge if messages, sessions or turns are more than one transaction holds
     * @throws IllegalArgumentException if sessions and turns are not those of one conversation
     */
    public static void record(ConversationTransaction tx, Conversation head, Activity activity, List<Message> messages,
            Instant now) {
        tx.record(Conversation.restoring(head, messages, now));
        events(head, activity, now).forEach(tx::record);
    }

    /**
     * The events that lead from no session and turn to these. A turn starts in its session, and the session may have ended since. So all
     * turns come first, each in a session that starts and ends with it, and then the sessions that live.
     */
    public static List<SessionEvent> events(Conversation head, Activity activity, Instant now) {
        var events = new ArrayList<SessionEvent>();
        for (Turn turn : activity.turns()) {
            events.add(new SessionStarted(Session.begin(turn.sessionId(), head.id(), head.owner(),
                    new Lifetime.Permanent(), Session.Settings.NONE, turn.digest(), now), now));
            if (turn.isFinished()) {
                events.add(new TurnStarted(turn.hasBegun() ? unfinished(turn) : queued(turn), now));
                events.add(new TurnChanged(turn, now));
            } else {
                events.add(new TurnStarted(turn, now));
            }
            events.add(new SessionEnded(head.id(), turn.sessionId(), now));
        }
        activity.sessions().forEach(session -> events.add(new SessionStarted(session, now)));
        return events;
    }

    /** The turn in the step before its end. Its lease has no effect, because the same transaction ends the turn. */
    private static Turn unfinished(Turn turn) {
        return new Turn(turn.id(), turn.conversationId(), turn.sessionId(), turn.promptId(), Optional.empty(),
                new Running(turn.startedAt(), ""), turn.step() - 1, turn.queuedAt(), turn.startedAt(), Optional.empty(),
                turn.rounds(), Optional.empty(), turn.digest());
    }

    /** The turn while it waited. Its messages are not kept; this one is never appended, because the same transaction ends the turn. */
    private static Turn queued(Turn turn) {
        var message = MessageDraft.of(turn.promptId(), Role.USER, "");
        return new Turn(turn.id(), turn.conversationId(), turn.sessionId(), turn.promptId(), Optional.empty(),
                new Queued(List.of(message)), turn.step() - 1, turn.queuedAt(), turn.startedAt(), Optional.empty(),
                turn.rounds(), Optional.empty(), turn.digest());
    }
}
