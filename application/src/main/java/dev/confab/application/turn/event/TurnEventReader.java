package dev.confab.application.turn.event;

import dev.confab.application.TurnEvents;
import dev.confab.application.turn.event.TurnLog.Slice;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageNotFound;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ChangeFeed.Subscription;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.SessionReader;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnId;
import dev.confab.domain.session.TurnNotFound;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The events of turns, from the logs here as far as they go, and from what is committed. */
public final class TurnEventReader implements TurnEvents {
    private final TurnLogs logs;
    private final TurnWatchers watchers;
    private final SessionReader sessions;
    private final ConversationReader reader;
    private final InstantSource clock;

    public TurnEventReader(TurnLogs logs, TurnWatchers watchers, SessionReader sessions, ConversationReader reader,
            InstantSource clock) {
        this.logs = logs;
        this.watchers = watchers;
        this.sessions = sessions;
        this.reader = reader;
        this.clock = clock;
    }

    @Override
    public Batch after(OwnerId owner, TurnId id, long after) {
        Optional<TurnLog> log = logs.find(owner, id);
        if (log.isEmpty()) {
            Turn turn = turn(owner, id);
            return new Batch(committed(turn, after, Long.MAX_VALUE), turn.isFinished());
        }
        boolean _ = watchers.locate(id, log.get().conversation());
        if (after == 0) {
            // Whoever begins to read must be able to see the turn; the log may outlive it.
            Turn _ = turn(owner, id);
        }
        return after(owner, log.get(), after);
    }

    @Override
    public Subscription watch(TurnId id, Runnable listener) {
        return watchers.add(id, listener);
    }

    private Batch after(OwnerId owner, TurnLog log, long after) {
        Slice slice = log.after(after);
        boolean knowsTheRest = slice.live() || slice.ended();
        boolean knowsTheStart = after >= log.firstId() - 1 || log.firstId() == IDS_PER_STEP;
        if (knowsTheRest && knowsTheStart) {
            return new Batch(slice.events(), slice.ended() && slice.reachesTheEnd(after));
        }
        Turn turn = turn(owner, log.turnId());
        var events = new ArrayList<>(committed(turn, after, log.firstId()));
        events.addAll(slice.events());
        if (knowsTheRest || !slice.reachesTheEnd(after)) {
            return new Batch(events, slice.ended() && slice.reachesTheEnd(after));
        }
        // It runs, or ended, elsewhere since.
        events.addAll(committed(turn, Math.max(after, slice.lastId()), Long.MAX_VALUE));
        return new Batch(events, turn.isFinished());
    }

    /** Once it is known whose hints tell of the turn, what was committed before the first of them is read again. */
    private Turn turn(OwnerId owner, TurnId id) {
        Turn turn = read(owner, id);
        return watchers.locate(id, turn.conversationId()) ? read(owner, id) : turn;
    }

    private Turn read(OwnerId owner, TurnId id) {
        return sessions.turn(owner, id, clock.instant()).orElseThrow(() -> new TurnNotFound(id));
    }

    private List<TurnEvent> committed(Turn turn, long after, long before) {
        return CommittedEvents.of(turn, reply(turn)).stream()
                .filter(event -> event.id() > after && event.id() < before).toList();
    }

    private Optional<Message> reply(Turn turn) {
        return reply(reader, turn, clock.instant());
    }

    /** The turn's reply, if it is there still. */
    public static Optional<Message> reply(ConversationReader reader, Turn turn, Instant now) {
        try {
            return turn.replyId().map(id -> reader.read(turn.conversationId(), id, now).messages().getFirst());
        } catch (MessageNotFound | ConversationNotFound gone) {
            return Optional.empty();
        }
    }
}
