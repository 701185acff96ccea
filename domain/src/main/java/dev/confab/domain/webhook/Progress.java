package dev.confab.domain.webhook;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.webhook.Cursor.TurnMark;
import dev.confab.domain.webhook.WebhookEvent.ConversationGone;
import dev.confab.domain.webhook.WebhookEvent.ConversationReached;
import dev.confab.domain.webhook.WebhookEvent.TurnReached;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The events about a conversation that a webhook has received and those that are still to send, as of one moment.
 *
 * @param head empty when there is no such conversation
 * @param turns of the conversation, in the order of its activity; empty without a head
 */
public record Progress(ConversationId conversation, Cursor cursor, Optional<Head> head, List<TurnProgress> turns) {
    /**
     * As many versions are reported one by one. A webhook that is further behind gets one event for the others, so that a
     * conversation cannot keep it busy for days.
     */
    public static final int MAX_SEPARATE_VERSIONS = 1_000;

    public Progress {
        turns = List.copyOf(turns);
    }

    /** The state of a conversation, live, expired or in the bin. */
    public record Head(long version, boolean deleted, Instant updatedAt) {
    }

    /** What to do next about a conversation. */
    public sealed interface Next {
        /** There is nothing to tell. */
        record Nothing() implements Next {
        }

        /** Nothing that the webhook subscribes to has happened: store the cursor. */
        record Skip(Cursor after) implements Next {
        }

        /** Send the event, then store the cursor. */
        record Send(WebhookEvent event, Cursor after) implements Next {
        }

        /** Send the event, then forget the cursor: the conversation is gone. */
        record SendLast(WebhookEvent event) implements Next {
        }

        /** The conversation is gone, and there is nothing to send: forget the cursor. */
        record Forget() implements Next {
        }
    }

    /** The next step for a webhook that subscribes to these types. */
    public Next next(Set<EventType> subscribed, Instant now) {
        if (head.isEmpty() || head.get().version() < cursor.version()) {
            // A lower version belongs to a conversation that was created again with the same id.
            return gone(subscribed, now);
        }
        Head reached = head.get();
        Cursor after = cursor;
        while (after.version() < reached.version()) {
            ConversationReached event = versionAfter(after.version(), reached);
            Cursor reported = after.with(event.version());
            if (subscribed.contains(event.type())) {
                return new Next.Send(event, reported);
            }
            after = reported;
        }
        for (TurnProgress turn : unreported()) {
            after = after.with(turn.mark());
            EventType type = turn.event().orElseThrow();
            if (subscribed.contains(type)) {
                Instant at = turn.finishedAt().orElse(reached.updatedAt());
                return new Next.Send(new TurnReached(type, conversation, turn, at), after);
            }
        }
        return after.equals(cursor) ? new Next.Nothing() : new Next.Skip(after);
    }

    /** Whether {@link #next} would tell something to a webhook that subscribes to everything. */
    public boolean isDue() {
        return switch (next(EventType.SUBSCRIBABLE, Instant.EPOCH)) {
            case Next.Nothing _ -> false;
            case Next.Skip _,Next.Send _,Next.SendLast _,Next.Forget _ -> true;
        };
    }

    private Next gone(Set<EventType> subscribed, Instant now) {
        if (cursor.version() == 0) {
            return cursor.equals(Cursor.NONE) ? new Next.Nothing() : new Next.Forget();
        }
        return subscribed.contains(EventType.CONVERSATION_PURGED)
                ? new Next.SendLast(new ConversationGone(conversation, now))
                : new Next.Forget();
    }

    /** The first event of a conversation reports all its versions until then: an import may begin with any version. */
    private ConversationReached versionAfter(long previous, Head reached) {
        long next = previous == 0
                ? reached.version()
                : Math.max(previous + 1, reached.version() - MAX_SEPARATE_VERSIONS);
        boolean isDeletion = reached.deleted() && next == reached.version();
        return new ConversationReached(
                isDeletion ? EventType.CONVERSATION_DELETED : EventType.CONVERSATION_CHANGED, conversation, next,
                previous, reached.updatedAt());
    }

    /**
     * The turns after the last one reported, and that one itself if it is in a later step now, up to the first one that has not finished,
     * without turns that run or wait in the queue. So the end of a turn that was cancelled in the queue is reported after the end of the turn
     * that ran meanwhile: a cursor names only one turn.
     */
    private List<TurnProgress> unreported() {
        Optional<TurnMark> last = cursor.turn();
        int reported = IntStream.range(0, turns.size())
                .filter(i -> last.filter(mark -> mark.id().equals(turns.get(i).id())).isPresent()).findFirst()
                .orElse(-1);
        boolean again = reported >= 0 && turns.get(reported).step() > last.orElseThrow().step();
        if (reported >= 0 && !again && !turns.get(reported).isFinished()) {
            return List.of();
        }
        int first = again ? reported : reported + 1;
        int end = IntStream.range(first, turns.size()).filter(i -> !turns.get(i).isFinished()).map(i -> i + 1)
                .findFirst().orElse(turns.size());
        return turns.subList(first, end).stream().filter(turn -> turn.event().isPresent()).toList();
    }
}
