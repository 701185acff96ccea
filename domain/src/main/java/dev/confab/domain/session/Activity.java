package dev.confab.domain.session;

import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.session.SessionEvent.SessionChanged;
import dev.confab.domain.session.SessionEvent.SessionEnded;
import dev.confab.domain.session.SessionEvent.SessionStarted;
import dev.confab.domain.session.SessionEvent.TurnChanged;
import dev.confab.domain.session.SessionEvent.TurnStarted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The sessions of one conversation and its latest turns. At most one turn runs or awaits an approval; others wait until they can begin.
 *
 * <p>A decision returns the events that would happen, in order, and changes nothing; {@link #apply} returns the activity after an event.
 *
 * @param sessions in the order they started; expired sessions remain until a sweep removes them
 * @param turns first those that do not wait, in the order they began or, without having begun, ended; then those that wait, in the order
 *        they were queued. Beyond {@link #MAX_TURNS} the oldest finished ones are dropped
 */
public record Activity(List<Session> sessions, List<Turn> turns) {
    public static final int MAX_SESSIONS = 20;
    public static final int MAX_TURNS = 20;
    /** How many turns may wait. */
    public static final int MAX_QUEUED = 10;
    public static final Activity NONE = new Activity(List.of(), List.of());

    public Activity {
        sessions = List.copyOf(sessions);
        turns = List.copyOf(turns);
    }

    /** The session with this id, expired or not. */
    public Optional<Session> find(SessionId id) {
        return sessions.stream().filter(session -> session.id().equals(id)).findFirst();
    }

    /** The owner's unexpired session with this id; throws {@link SessionNotFound} without one. */
    public Session session(OwnerId owner, SessionId id, Instant now) {
        return find(id).filter(session -> session.owner().equals(owner) && !session.isExpired(now))
                .orElseThrow(() -> new SessionNotFound(id));
    }

    public Optional<Turn> find(TurnId id) {
        return turns.stream().filter(turn -> turn.id().equals(id)).findFirst();
    }

    /** The turn with this id; throws {@link TurnNotFound} without one. */
    public Turn turn(TurnId id) {
        return find(id).orElseThrow(() -> new TurnNotFound(id));
    }

    /** The turn that runs or awaits an approval. */
    public Optional<Turn> openTurn() {
        return turns.stream().filter(Turn::isOpen).findFirst();
    }

    /** The turns that wait, in the order in which they will begin. */
    public List<Turn> queuedTurns() {
        return turns.stream().filter(Turn::isQueued).toList();
    }

    /**
     * The turn that must begin now: the first one that waits, if no other runs or awaits an approval. A commit must not leave such a turn, so
     * whatever ends a turn also lets this one begin, or ends it as well.
     */
    public Optional<Turn> next() {
        return openTurn().isPresent() ? Optional.empty() : queuedTurns().stream().findFirst();
    }

    /** The turn of a session that runs or awaits an approval; otherwise its latest one. */
    public Optional<Turn> latestTurn(SessionId id) {
        return openTurn().filter(turn -> turn.sessionId().equals(id))
                .or(() -> turns.reversed().stream().filter(turn -> turn.sessionId().equals(id)).findFirst());
    }

    /** Starts a session and ends expired ones, to make room. Throws {@link TooManySessions} when that is not enough. */
    public List<SessionEvent> start(Session session, Instant now) {
        List<SessionEvent> events = new ArrayList<>();
        sessions.stream().filter(each -> each.isExpired(now)).forEach(each -> events.addAll(end(each.id(), now)));
        if (sessions.stream().filter(each -> !each.isExpired(now)).count() >= MAX_SESSIONS) {
            throw new TooManySessions(session.conversationId());
        }
        events.add(new SessionStarted(session, now));
        return events;
    }

    /** Ends a session and cancels its unfinished turns. Throws {@link SessionNotFound} without such a session. */
    public List<SessionEvent> end(SessionId id, Instant now) {
        Session session = find(id).orElseThrow(() -> new SessionNotFound(id));
        Stream<SessionEvent> cancelled = turns.stream()
                .filter(turn -> !turn.isFinished() && turn.sessionId().equals(id))
                .map(turn -> turn.cancel(Optional.empty(), now));
        return Stream.concat(cancelled, Stream.of(new SessionEnded(session.conversationId(), id, now))).toList();
    }

    /**
     * Starts a turn; throws {@link TurnInProgress} if another one runs or awaits an approval. An abandoned turn ends first, unless others
     * wait behind it, so a conversation is never blocked for longer than a lease, even without a sweep.
     */
    public List<SessionEvent> start(TurnId id, Session session, MessageId promptId, Digest digest, Instant now,
            Instant leaseUntil) {
        List<SessionEvent> events = new ArrayList<>();
        if (queuedTurns().isEmpty()) {
            endAbandoned(now).ifPresent(events::add);
        }
        if (events.isEmpty()) {
            openTurn().ifPresent(turn -> {
                throw new TurnInProgress(turn.id());
            });
        }
        events.add(new TurnStarted(Turn.begin(id, session, promptId, digest, now, leaseUntil), now));
        return events;
    }

    /** Lets a turn wait that begins with these messages. Throws {@link TooManyQueuedTurns} if {@link #MAX_QUEUED} turns wait already. */
    public TurnStarted queue(TurnId id, Session session, List<MessageDraft> messages, Digest digest, Instant now) {
        if (queuedTurns().size() >= MAX_QUEUED) {
            throw new TooManyQueuedTurns(session.conversationId());
        }
        return new TurnStarted(Turn.queue(id, session, messages, digest, now), now);
    }

    /** Ends the unfinished turn if it is abandoned: its lease or its session has expired. Empty when there is no such turn. */
    public Optional<TurnChanged> endAbandoned(Instant now) {
        return endAbandoned(now, _ -> false);
    }

    /** The same, except that turns for which {@code runs} is true have not expired leases, even if the clock says so. */
    public Optional<TurnChanged> endAbandoned(Instant now, Predicate<Turn> runs) {
        return openTurn().flatMap(turn -> {
            boolean sessionHasEnded = find(turn.sessionId()).filter(session -> !session.isExpired(now)).isEmpty();
            return sessionHasEnded
                    ? Optional.of(turn.cancel(Optional.empty(), now))
                    : turn.isLeaseOver(now) && !runs.test(turn)
                            ? Optional.of(turn.fail(TurnFailure.LEASE_EXPIRED, now))
                            : Optional.empty();
        });
    }

    /** Cancels the turn that runs or awaits an approval. To be recorded together with every event that removes its prompt. */
    public Optional<TurnChanged> cancel(Instant now) {
        return openTurn().map(turn -> turn.cancel(Optional.empty(), now));
    }

    /** Cancels the turns that wait. To be recorded, with {@link #cancel}, together with what clears or deletes the conversation. */
    public List<TurnChanged> cancelQueued(Instant now) {
        return queuedTurns().stream().map(turn -> turn.cancel(Optional.empty(), now)).toList();
    }

    /** The activity after the event; throws {@link IllegalArgumentException} when the event does not follow from this activity. */
    public Activity apply(SessionEvent event) {
        return switch (event) {
            case SessionStarted e -> {
                require(find(e.session().id()).isEmpty() && sessions.size() < MAX_SESSIONS, e);
                yield new Activity(with(sessions, e.session()), turns);
            }
            case SessionChanged e -> {
                Session after = e.session();
                require(find(after.id()).filter(before -> before.leadsTo(after)).isPresent(), e);
                yield new Activity(sessions.stream().map(each -> each.id().equals(after.id()) ? after : each).toList(),
                        turns);
            }
            case SessionEnded e -> {
                require(find(e.sessionId()).isPresent(), e);
                yield new Activity(sessions.stream().filter(each -> !each.id().equals(e.sessionId())).toList(), turns);
            }
            case TurnStarted e -> {
                require(find(e.turn().id()).isEmpty() && !e.turn().isFinished() && hasRoomFor(e.turn()), e);
                yield new Activity(sessions, place(turns, e.turn()));
            }
            case TurnChanged e -> {
                Turn after = e.turn();
                Optional<Turn> before = find(after.id()).filter(turn -> turn.leadsTo(after));
                require(before.isPresent(), e);
                if (before.get().isQueued()) {
                    require(after.isFinished() || hasRoomFor(after), e);
                    yield new Activity(sessions,
                            place(turns.stream().filter(each -> !each.id().equals(after.id())).toList(), after));
                }
                yield new Activity(sessions,
                        turns.stream().map(each -> each.id().equals(after.id()) ? after : each).toList());
            }
        };
    }

    private boolean hasRoomFor(Turn turn) {
        return find(turn.sessionId()).isPresent()
                && (turn.isQueued() ? queuedTurns().size() < MAX_QUEUED : openTurn().isEmpty());
    }

    /** The turns with this one added at its place. If they are then too many, the oldest finished one is left out. */
    private static List<Turn> place(List<Turn> others, Turn turn) {
        var all = new ArrayList<>(others);
        all.add(turn.isQueued() ? all.size() : (int) others.stream().filter(each -> !each.isQueued()).count(), turn);
        if (all.size() > MAX_TURNS) {
            all.stream().filter(Turn::isFinished).findFirst().ifPresent(all::remove);
        }
        return all;
    }

    private static void require(boolean fits, SessionEvent event) {
        if (!fits) {
            throw new IllegalArgumentException(
                    event.getClass().getSimpleName() + " does not follow in conversation " + event.conversationId());
        }
    }

    private static <T> List<T> with(List<T> list, T last) {
        return Stream.concat(list.stream(), Stream.of(last)).toList();
    }
}
