package dev.confab.application.turn.event;

import static dev.confab.application.TurnEvents.IDS_PER_STEP;

import dev.confab.application.TurnEvents.TurnEvent;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.session.Turn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All events of a turn since it began to run on this instance, shared by its readers: a reader holds only the id of the last event it
 * has read. The log grows with the reply and the results of tools, so the limits of a turn bound it.
 *
 * <p>One lock, held no longer than it takes to copy a slice; no other object is called while it is held.
 */
public final class TurnLog {
    private static final int MAX_SLICE = 256;
    private static final int MAX_SLICE_CHARS = 64 * 1024;

    private final OwnerId owner;
    private final TurnKey key;
    private final Instant startedAt;
    private final long firstId;
    private final TreeMap<Long, LogPart> partsByFirstId = new TreeMap<>();
    private LogPart.Deltas deltas;
    private long lastId;
    private boolean live = true;
    private boolean ended;

    public TurnLog(OwnerId owner, Turn turn) {
        this.owner = owner;
        this.key = TurnKey.of(turn);
        this.startedAt = turn.startedAt();
        this.firstId = turn.step() * IDS_PER_STEP;
        this.lastId = firstId - 1;
        this.deltas = new LogPart.Deltas(CommittedEvents.firstDelta(turn.step()));
    }

    OwnerId owner() {
        return owner;
    }

    public TurnKey key() {
        return key;
    }

    Instant startedAt() {
        return startedAt;
    }

    /** Earlier events are derived from the committed turn. */
    long firstId() {
        return firstId;
    }

    /** Adds a delta; does nothing when the turn has ended or no longer runs on this instance. */
    public synchronized void addDelta(int step, String text) {
        if (!live || ended) {
            return;
        }
        long first = CommittedEvents.firstDelta(step);
        if (deltas.firstId() != first) {
            deltas = new LogPart.Deltas(first);
        }
        deltas.add(text);
        partsByFirstId.put(first, deltas);
        lastId = deltas.lastId();
    }

    /** Adds those of these events that follow the last event. Nothing follows the end. */
    public synchronized void add(List<TurnEvent> events) {
        for (TurnEvent event : events) {
            if (event.id() > lastId && !ended) {
                put(event);
            }
        }
    }

    private void put(TurnEvent event) {
        partsByFirstId.put(event.id(), new LogPart.Single(event));
        lastId = event.id();
        ended = event.isLast();
    }

    /** Ends the log of a turn that was cancelled in this step with its conversation: its deltas may not be read any more. */
    public synchronized void cancelled(Turn turn, int step, Instant now) {
        if (!ended) {
            partsByFirstId.values().removeIf(LogPart.Deltas.class::isInstance);
            put(new TurnEvent.Ended(Math.max((step + 1) * IDS_PER_STEP + 1, lastId + 1),
                    turn.cancel(Optional.empty(), now).turn()));
        }
    }

    /** The turn runs on this instance again; adds what happened on others meanwhile. */
    synchronized void resume(Turn turn) {
        add(CommittedEvents.of(turn, List.of()).stream()
                .filter(event -> event.id() < turn.step() * IDS_PER_STEP).toList());
        live = true;
    }

    /** The turn, finished or not, no longer runs on this instance. */
    synchronized void rest() {
        live = false;
    }

    public synchronized boolean isEnded() {
        return ended;
    }

    /** @param lastId the log's last event at that moment */
    record Slice(List<TurnEvent> events, long lastId, boolean live, boolean ended) {
        boolean reachesTheEnd(long after) {
            return (events.isEmpty() ? after : events.getLast().id()) >= lastId;
        }
    }

    /** The events after an id: at most {@value #MAX_SLICE}, and no more once they have {@value #MAX_SLICE_CHARS} characters. */
    synchronized Slice after(long id) {
        var events = new ArrayList<TurnEvent>();
        int chars = 0;
        Long from = partsByFirstId.floorKey(id + 1);
        for (LogPart part : partsByFirstId.tailMap(from == null ? firstId : from).values()) {
            for (long next = Math.max(part.firstId(), id + 1); next <= part.lastId(); next++) {
                if (events.size() == MAX_SLICE || chars > MAX_SLICE_CHARS) {
                    return slice(events);
                }
                TurnEvent event = part.get(next);
                chars += event.characters();
                events.add(event);
            }
        }
        return slice(events);
    }

    private Slice slice(List<TurnEvent> events) {
        return new Slice(List.copyOf(events), lastId, live, ended);
    }

    synchronized long bytes() {
        return partsByFirstId.values().stream().mapToLong(LogPart::bytes).sum();
    }
}
