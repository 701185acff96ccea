package dev.confab.application.turn.event;

import static dev.confab.application.TurnEvents.IDS_PER_STEP;

import dev.confab.application.TurnEvents.TurnEvent;
import dev.confab.application.TurnEvents.TurnEvent.Delta;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All events of a turn since it began to run here, shared by all who follow it: a reader costs nothing but the id it has come to.
 * Grows by what the runner says and so no further than the limit of a reply. One lock, held for no longer than it takes to copy a
 * slice; nobody is called under it.
 */
public final class TurnLog {
    private static final int MAX_SLICE = 256;
    private static final int MAX_SLICE_CHARS = 64 * 1024;

    private final OwnerId owner;
    private final TurnKey key;
    private final Instant startedAt;
    private final long firstId;
    /** By the id; what is said in one step, by the id of the first delta. */
    private final TreeMap<Long, LogPart> parts = new TreeMap<>();
    private long lastId;
    private boolean live = true;
    private boolean ended;

    public TurnLog(OwnerId owner, Turn turn) {
        this.owner = owner;
        this.key = TurnKey.of(turn);
        this.startedAt = turn.startedAt();
        this.firstId = turn.step() * IDS_PER_STEP;
        this.lastId = firstId - 1;
    }

    public OwnerId owner() {
        return owner;
    }

    public TurnKey key() {
        return key;
    }

    public TurnId turnId() {
        return key.turn();
    }

    public ConversationId conversation() {
        return key.conversation();
    }

    public Instant startedAt() {
        return startedAt;
    }

    /** Events before this one are known from what is committed only. */
    public long firstId() {
        return firstId;
    }

    /** Adds a delta, unless the turn is over or no longer runs here. */
    public synchronized void say(int step, String text) {
        if (!live || ended) {
            return;
        }
        long first = step * IDS_PER_STEP + 1;
        if (parts.computeIfAbsent(first, _ -> new Deltas(first - 1)) instanceof Deltas deltas) {
            deltas.add(text);
            lastId = deltas.lastId();
        }
    }

    /** Adds those of these events that follow the last one here. After the end nothing follows. */
    public synchronized void add(List<TurnEvent> events) {
        for (TurnEvent event : events) {
            if (event.id() > lastId && !ended) {
                parts.put(event.id(), new LogPart.One(event));
                lastId = event.id();
                ended = event instanceof TurnEvent.Ended;
            }
        }
    }

    /**
     * It was cancelled in a way that cannot be read any more, and nor can what was said.
     *
     * @param step that it was in
     */
    public synchronized void cancelled(Turn turn, int step, Instant now) {
        if (!ended) {
            lastId = Math.max((step + 1) * IDS_PER_STEP + 1, lastId + 1);
            parts.values().removeIf(Deltas.class::isInstance);
            parts.put(lastId, new LogPart.One(new TurnEvent.Ended(lastId, turn.cancel(Optional.empty(), now).turn())));
            ended = true;
        }
    }

    /** It runs here again; what happened elsewhere meanwhile is added. */
    public synchronized void resume(Turn turn) {
        add(CommittedEvents.of(turn, Optional.empty()).stream()
                .filter(event -> event.id() < turn.step() * IDS_PER_STEP).toList());
        live = true;
    }

    /** It does not run here any more, finished or not. */
    public synchronized void rest() {
        live = false;
    }

    public synchronized boolean isLive() {
        return live;
    }

    public synchronized boolean isEnded() {
        return ended;
    }

    /** @param lastId the last event's here, at that moment */
    public record Slice(List<TurnEvent> events, long lastId, boolean live, boolean ended) {
        boolean reachesTheEnd(long after) {
            return (events.isEmpty() ? after : events.getLast().id()) >= lastId;
        }
    }

    /** The events after an id, as many as fit. */
    public synchronized Slice after(long id) {
        var events = new ArrayList<TurnEvent>();
        int chars = 0;
        Long from = parts.floorKey(id + 1);
        for (var entry : parts.tailMap(from == null ? firstId : from).entrySet()) {
            LogPart part = entry.getValue();
            for (long next = Math.max(entry.getKey(), id + 1); next <= part.lastId(); next++) {
                if (events.size() == MAX_SLICE || chars > MAX_SLICE_CHARS) {
                    return new Slice(List.copyOf(events), lastId, live, ended);
                }
                TurnEvent event = part.get(next);
                chars += event instanceof Delta(long _, String text) ? text.length() : 0;
                events.add(event);
            }
        }
        return new Slice(List.copyOf(events), lastId, live, ended);
    }

    public synchronized long bytes() {
        return parts.values().stream().mapToLong(LogPart::bytes).sum();
    }
}
