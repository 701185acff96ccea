package dev.confab.application.turn.event;

import dev.confab.application.TurnEvents.TurnEvent;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The logs of the turns that run here, and for some time and within some memory of those that did. Changes are made under one lock;
 * looking takes none.
 */
public final class TurnLogs {
    private final long maxKeptBytes;
    private final Duration keptFor;
    private final Map<TurnId, Set<TurnLog>> byTurn = new ConcurrentHashMap<>();
    private final Map<ConversationId, Set<TurnLog>> byConversation = new ConcurrentHashMap<>();
    /** Those that do not run, the one that rests longest first. */
    private final LinkedHashMap<TurnKey, Kept> kept = new LinkedHashMap<>();
    private long keptBytes;

    private record Kept(TurnLog log, Instant since, long bytes) {
    }

    public TurnLogs(long maxKeptBytes, Duration keptFor) {
        this.maxKeptBytes = maxKeptBytes;
        this.keptFor = keptFor;
    }

    public Optional<TurnLog> find(TurnKey key) {
        return byTurn.getOrDefault(key.turn(), Set.of()).stream().filter(log -> log.key().equals(key)).findFirst();
    }

    /** The one that began first, should the owner have two of this id. */
    public Optional<TurnLog> find(OwnerId owner, TurnId id) {
        return byTurn.getOrDefault(id, Set.of()).stream().filter(log -> log.owner().equals(owner))
                .min(Comparator.comparing(TurnLog::startedAt));
    }

    public boolean has(ConversationId conversation) {
        return byConversation.containsKey(conversation);
    }

    public List<TurnLog> of(ConversationId conversation) {
        return List.copyOf(byConversation.getOrDefault(conversation, Set.of()));
    }

    /** The log of a turn that begins to run, or runs again, here. */
    public synchronized TurnLog open(OwnerId owner, Turn turn) {
        // An id may be used again once its turn is forgotten: that is another turn.
        TurnKey key = TurnKey.of(turn);
        find(key).filter(TurnLog::isEnded).ifPresent(this::drop);
        Optional<TurnLog> before = find(key);
        before.ifPresent(log -> {
            forget(key);
            log.resume(turn);
        });
        return before.orElseGet(() -> {
            var log = new TurnLog(owner, turn);
            byTurn.merge(turn.id(), Set.of(log), TurnLogs::union);
            byConversation.merge(turn.conversationId(), Set.of(log), TurnLogs::union);
            return log;
        });
    }

    /** It does not run any more; is kept from now on. */
    public synchronized void rest(TurnLog log, Instant now) {
        log.rest();
        if (isListed(log)) {
            forget(log.key());
            long bytes = log.bytes();
            kept.put(log.key(), new Kept(log, now, bytes));
            keptBytes += bytes;
            evict(now);
        }
    }

    /** Adds to a log that runs or rests; one that rests may have to go for it, at the next eviction. */
    public synchronized void add(TurnKey key, List<TurnEvent> events) {
        find(key).ifPresent(log -> {
            log.add(events);
            kept.computeIfPresent(key, (_, before) -> {
                long bytes = log.bytes();
                keptBytes += bytes - before.bytes;
                return new Kept(log, before.since, bytes);
            });
        });
    }

    public synchronized void evict(Instant now) {
        for (Iterator<Kept> oldest = kept.values().iterator(); oldest.hasNext();) {
            Kept next = oldest.next();
            if (keptBytes <= maxKeptBytes && now.isBefore(next.since.plus(keptFor))) {
                return;
            }
            oldest.remove();
            keptBytes -= next.bytes;
            unlist(next.log);
        }
    }

    public synchronized void drop(TurnLog log) {
        if (isListed(log)) {
            forget(log.key());
            unlist(log);
        }
    }

    public synchronized long keptBytes() {
        return keptBytes;
    }

    private boolean isListed(TurnLog log) {
        return byTurn.getOrDefault(log.turnId(), Set.of()).contains(log);
    }

    private void forget(TurnKey key) {
        Kept before = kept.remove(key);
        if (before != null) {
            keptBytes -= before.bytes;
        }
    }

    private void unlist(TurnLog log) {
        byTurn.computeIfPresent(log.turnId(), (_, logs) -> without(logs, log));
        byConversation.computeIfPresent(log.conversation(), (_, logs) -> without(logs, log));
    }

    private static @Nullable Set<TurnLog> without(Set<TurnLog> logs, TurnLog log) {
        var rest = new HashSet<>(logs);
        rest.remove(log);
        return rest.isEmpty() ? null : Set.copyOf(rest);
    }

    private static Set<TurnLog> union(Set<TurnLog> some, Set<TurnLog> others) {
        var all = new HashSet<>(some);
        all.addAll(others);
        return Set.copyOf(all);
    }
}
