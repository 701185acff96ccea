package dev.confab.application.turn.event;

import dev.confab.application.TurnEvents.TurnEvent;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** The logs of turns that run on this instance, or ran here not long ago. Changes take one lock; looking a log up takes none. */
public final class TurnLogs {
    private final long maxRetainedBytes;
    private final Duration retention;
    private final ConcurrentSetMultimap<TurnId, TurnLog> byTurn = new ConcurrentSetMultimap<>();
    private final ConcurrentSetMultimap<ConversationId, TurnLog> byConversation = new ConcurrentSetMultimap<>();
    /** The logs of turns that no longer run, in the order in which they stopped. */
    private final LinkedHashMap<TurnKey, RetainedLog> retained = new LinkedHashMap<>();
    private long retainedBytes;

    private record RetainedLog(TurnLog log, Instant since, long bytes) {
    }

    public TurnLogs(long maxRetainedBytes, Duration retention) {
        this.maxRetainedBytes = maxRetainedBytes;
        this.retention = retention;
    }

    Optional<TurnLog> find(TurnKey key) {
        return byTurn.get(key.turn()).stream().filter(log -> log.key().equals(key)).findFirst();
    }

    /** The owner's log of this turn; of two turns with the same id, the one that started first. */
    Optional<TurnLog> find(OwnerId owner, TurnId id) {
        return byTurn.get(id).stream().filter(log -> log.owner().equals(owner))
                .min(Comparator.comparing(TurnLog::startedAt));
    }

    public boolean has(ConversationId conversation) {
        return !byConversation.get(conversation).isEmpty();
    }

    public List<TurnLog> of(ConversationId conversation) {
        return List.copyOf(byConversation.get(conversation));
    }

    /** The log of a turn that starts or resumes on this instance. */
    public synchronized TurnLog open(OwnerId owner, Turn turn) {
        TurnKey key = TurnKey.of(turn);
        // The id of a turn that its conversation no longer keeps may be used again: then the ended log is another turn's.
        find(key).filter(TurnLog::isEnded).ifPresent(this::drop);
        Optional<TurnLog> before = find(key);
        before.ifPresent(log -> {
            forget(key);
            log.resume(turn);
        });
        return before.orElseGet(() -> {
            var log = new TurnLog(owner, turn);
            byTurn.add(turn.id(), log);
            byConversation.add(turn.conversationId(), log);
            return log;
        });
    }

    /** The log's turn no longer runs on this instance; the log is retained for a while. */
    public synchronized void rest(TurnLog log, Instant now) {
        log.rest();
        if (isListed(log)) {
            forget(log.key());
            long bytes = log.bytes();
            retained.put(log.key(), new RetainedLog(log, now, bytes));
            retainedBytes += bytes;
            evict(now);
        }
    }

    /** Adds events to the turn's log, if there is one. What is added to a retained log counts at the next eviction. */
    public synchronized void add(TurnKey key, List<TurnEvent> events) {
        find(key).ifPresent(log -> {
            log.add(events);
            retained.computeIfPresent(key, (_, before) -> {
                long bytes = log.bytes();
                retainedBytes += bytes - before.bytes;
                return new RetainedLog(log, before.since, bytes);
            });
        });
    }

    /** Drops retained logs, oldest first, until both limits hold. */
    public synchronized void evict(Instant now) {
        for (Iterator<RetainedLog> oldest = retained.values().iterator(); oldest.hasNext();) {
            RetainedLog next = oldest.next();
            if (retainedBytes <= maxRetainedBytes && now.isBefore(next.since.plus(retention))) {
                return;
            }
            oldest.remove();
            retainedBytes -= next.bytes;
            unlist(next.log);
        }
    }

    public synchronized void drop(TurnLog log) {
        if (isListed(log)) {
            forget(log.key());
            unlist(log);
        }
    }

    public synchronized long retainedBytes() {
        return retainedBytes;
    }

    private boolean isListed(TurnLog log) {
        return byTurn.get(log.key().turn()).contains(log);
    }

    private void forget(TurnKey key) {
        RetainedLog before = retained.remove(key);
        if (before != null) {
            retainedBytes -= before.bytes;
        }
    }

    private void unlist(TurnLog log) {
        byTurn.remove(log.key().turn(), log);
        byConversation.remove(log.key().conversation(), log);
    }
}
