package dev.confab.application.turn.event;

import dev.confab.application.TurnEvents;
import dev.confab.application.turn.event.TurnLog.Slice;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.MessageNotFound;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ChangeFeed.Subscription;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.SessionReader;
import dev.confab.domain.query.Window;
import dev.confab.domain.query.Window.Order;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnId;
import dev.confab.domain.session.TurnNotFound;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the events of turns: from this instance's logs as far as they reach, and the rest from the committed turn. */
public record TurnEventReader(TurnLogs logs, TurnWatchers watchers, SessionReader sessions,
        ConversationReader reader, InstantSource clock) implements TurnEvents {

    @Override
    public Subscription watch(TurnId id, Runnable listener) {
        return watchers.add(id, listener);
    }

    @Override
    public Batch after(OwnerId owner, TurnId id, long after) {
        Optional<TurnLog> log = logs.find(owner, id);
        if (log.isEmpty()) {
            Turn turn = turn(owner, id);
            return new Batch(committed(turn, after, Long.MAX_VALUE), turn.isFinished());
        }
        boolean _ = watchers.locate(id, log.get().key().conversation());
        if (after == 0) {
            // The log may outlive the turn: a new reader must be able to see the turn itself.
            Turn _ = turn(owner, id);
        }
        return after(owner, log.get(), after);
    }

    private Batch after(OwnerId owner, TurnLog log, long after) {
        Slice slice = log.after(after);
        boolean knowsTheRest = slice.live() || slice.ended();
        boolean knowsTheStart = after >= log.firstId() - 1 || log.firstId() == IDS_PER_STEP;
        boolean endsHere = slice.ended() && slice.reachesTheEnd(after);
        if (knowsTheRest && knowsTheStart) {
            return new Batch(slice.events(), endsHere);
        }
        Turn turn = turn(owner, log.key().turn());
        var events = new ArrayList<>(committed(turn, after, log.firstId()));
        events.addAll(slice.events());
        if (knowsTheRest || !slice.reachesTheEnd(after)) {
            return new Batch(events, endsHere);
        }
        // The turn has run or ended on another instance since.
        events.addAll(committed(turn, Math.max(after, slice.lastId()), Long.MAX_VALUE));
        return new Batch(events, turn.isFinished());
    }

    /** Reads the turn. When that locates it for its listeners, reads it again: it may have changed before they were located. */
    private Turn turn(OwnerId owner, TurnId id) {
        Turn turn = read(owner, id);
        return watchers.locate(id, turn.conversationId()) ? read(owner, id) : turn;
    }

    private Turn read(OwnerId owner, TurnId id) {
        return sessions.turn(owner, id, clock.instant()).orElseThrow(() -> new TurnNotFound(id));
    }

    private List<TurnEvent> committed(Turn turn, long after, long before) {
        return CommittedEvents.of(turn, messages(reader, turn, clock.instant())).stream()
                .filter(event -> event.id() > after && event.id() < before).toList();
    }

    /** The messages that the turn has appended, in order, without those that have been removed. */
    public static List<Message> messages(ConversationReader reader, Turn turn, Instant now) {
        if (!turn.isFinished()) {
            return List.of();
        }
        List<MessageId> ids = turn.messageIds();
        // They follow one another, and only if the first round became messages is there more than the reply.
        return ids.stream().findFirst().flatMap(id -> message(reader, turn, id, now))
                .map(first -> following(reader, turn, first, ids, now))
                .orElseGet(() -> turn.replyId().flatMap(id -> message(reader, turn, id, now)).stream().toList());
    }

    private static Optional<Message> message(ConversationReader reader, Turn turn, MessageId id, Instant now) {
        try {
            return reader.read(turn.conversationId(), id, now).messages().stream().findFirst();
        } catch (MessageNotFound | ConversationNotFound removed) {
            return Optional.empty();
        }
    }

    /** The first message and those of these ids among the messages after it. A window may end early, at its limit of bytes. */
    private static List<Message> following(ConversationReader reader, Turn turn, Message first, List<MessageId> ids,
            Instant now) {
        var messages = new ArrayList<>(List.of(first));
        int end = first.position() + ids.size();
        try {
            for (int last = first.position(); last < end - 1;) {
                var window = new Window(last, end, ids.size(), Order.ASCENDING);
                List<Message> next = reader.read(turn.conversationId(), window, now).messages();
                if (next.isEmpty()) {
                    break;
                }
                next.stream().filter(message -> ids.contains(message.id())).forEach(messages::add);
                last = next.getLast().position();
            }
        } catch (ConversationNotFound removed) {
            return List.of();
        }
        return messages;
    }
}
