package dev.confab.application.webhook;

import dev.confab.domain.conversation.ConversationId;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which conversations of one webhook are to be looked at, and when. It holds a limited number: when there are more, the webhook scans the
 * store again later.
 *
 * <p>Why it is right: a conversation is delivered by one thread at a time, because it is either waiting or running; a hint while it runs
 * makes it wait again when that run has ended. A hint that finds no room makes a scan due. So each change that was hinted at after a
 * scan began is looked at after the hint.
 */
final class DeliveryQueue {
    /** As many conversations wait in memory. */
    static final int MAX_WAITING = 2_000;
    /** After so many failures in a row the receiver counts as down: one attempt at a time, with pauses. */
    static final int DOWN_AFTER = 10;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    private final int maxRunning;
    private final Backoff backoff;
    private final long start = System.nanoTime();

    private final Map<ConversationId, Waiting> waiting = new HashMap<>();
    private final TreeSet<Waiting> byTime = new TreeSet<>(
            Comparator.comparingLong(Waiting::dueAt).thenComparing(Waiting::conversation));
    private final Map<ConversationId, Integer> running = new HashMap<>();
    private final Set<ConversationId> hintedWhileRunning = new HashSet<>();
    private boolean scanIsDue = true;
    private Optional<ConversationId> scannedTo = Optional.empty();
    private int failuresInARow;
    private long pausedUntil;
    private boolean stopped;

    private record Waiting(ConversationId conversation, long dueAt, int failures) {
    }

    /** The next step of the webhook. */
    sealed interface Work {
        /** Deliver the events of a conversation, and call {@link #done} or {@link #failed}. */
        record Deliver(ConversationId conversation) implements Work {
        }

        /** Ask the store for the due conversations after this one, and call {@link #scanned}. */
        record Scan(Optional<ConversationId> after) implements Work {
        }

        /** Nothing any more. */
        record Stop() implements Work {
        }
    }

    DeliveryQueue(int maxRunning, Backoff backoff) {
        this.maxRunning = maxRunning;
        this.backoff = backoff;
    }

    /** Waits for the next work. */
    Work take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!stopped) {
                if (scanIsDue && waiting.size() <= MAX_WAITING / 2) {
                    return new Work.Scan(scannedTo);
                }
                long rest = untilNext();
                if (rest <= 0) {
                    Waiting next = byTime.pollFirst();
                    waiting.remove(next.conversation());
                    running.put(next.conversation(), next.failures());
                    return new Work.Deliver(next.conversation());
                }
                var _ = change.awaitNanos(rest);
            }
            return new Work.Stop();
        } finally {
            lock.unlock();
        }
    }

    private long untilNext() {
        boolean full = running.size() >= (isDown() ? 1 : maxRunning);
        return byTime.isEmpty() || full
                ? TimeUnit.HOURS.toNanos(1)
                : Math.max(byTime.first().dueAt(), pausedUntil) - now();
    }

    private boolean isDown() {
        return failuresInARow >= DOWN_AFTER;
    }

    private long now() {
        return System.nanoTime() - start;
    }

    /** The conversation may have changed. Returns at once. */
    void hint(ConversationId conversation) {
        lock.lock();
        try {
            if (running.containsKey(conversation)) {
                hintedWhileRunning.add(conversation);
            } else {
                add(conversation);
            }
        } finally {
            lock.unlock();
        }
    }

    private void add(ConversationId conversation) {
        if (waiting.containsKey(conversation)) {
            return;
        }
        if (waiting.size() >= MAX_WAITING) {
            restartScan();
        } else {
            put(new Waiting(conversation, now(), 0));
        }
    }

    private void restartScan() {
        scanIsDue = true;
        scannedTo = Optional.empty();
    }

    private void put(Waiting entry) {
        waiting.put(entry.conversation(), entry);
        byTime.add(entry);
        change.signal();
    }

    /** A page of the due conversations after the place that the scan asked for; the last page is shorter than the limit. */
    void scanned(Optional<ConversationId> after, List<ConversationId> page, int limit) {
        lock.lock();
        try {
            if (scannedTo.equals(after)) {
                scannedTo = page.isEmpty() ? Optional.empty() : Optional.of(page.getLast());
                scanIsDue = page.size() >= limit;
                if (!scanIsDue) {
                    scannedTo = Optional.empty();
                }
            }
            page.stream().filter(each -> !running.containsKey(each)).forEach(this::add);
        } finally {
            lock.unlock();
        }
    }

    /** Everything is to be looked at again. */
    void scanAgain() {
        lock.lock();
        try {
            restartScan();
            change.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The delivery of the conversation has ended without a failure.
     *
     * @param more whether there may be more to deliver
     * @param accepted whether the receiver accepted something: then it is up
     */
    void done(ConversationId conversation, boolean more, boolean accepted) {
        lock.lock();
        try {
            running.remove(conversation);
            if (accepted) {
                if (isDown()) {
                    wakeAll();
                }
                failuresInARow = 0;
            }
            if (hintedWhileRunning.remove(conversation) || more) {
                put(new Waiting(conversation, now(), 0));
            }
            change.signal();
        } finally {
            lock.unlock();
        }
    }

    /** The receiver is up again: all conversations are tried now. */
    private void wakeAll() {
        List<Waiting> all = List.copyOf(byTime);
        waiting.clear();
        byTime.clear();
        pausedUntil = 0;
        all.forEach(entry -> put(new Waiting(entry.conversation(), now(), entry.failures())));
    }

    /**
     * An attempt has failed; the conversation waits.
     *
     * @param accepted whether the receiver accepted something before: then this is its first failure
     * @param atLeast how long the receiver asks not to be called at all
     */
    void failed(ConversationId conversation, boolean accepted, Optional<Duration> atLeast) {
        lock.lock();
        try {
            int failures = accepted ? 1 : running.getOrDefault(conversation, 0) + 1;
            running.remove(conversation);
            hintedWhileRunning.remove(conversation);
            failuresInARow = accepted ? 1 : failuresInARow + 1;
            atLeast.ifPresent(pause -> pausedUntil = Math.max(pausedUntil, now() + pause.toNanos()));
            if (isDown()) {
                pausedUntil = Math.max(pausedUntil,
                        now() + backoff.after(failuresInARow - DOWN_AFTER + 1, this).toNanos());
            }
            put(new Waiting(conversation, now() + backoff.after(failures, conversation).toNanos(), failures));
        } finally {
            lock.unlock();
        }
    }

    /** The conversation could not be tried for a reason of this service, not of the receiver; it waits. */
    void postponed(ConversationId conversation, Duration pause) {
        lock.lock();
        try {
            int failures = running.getOrDefault(conversation, 0);
            running.remove(conversation);
            hintedWhileRunning.remove(conversation);
            put(new Waiting(conversation, now() + pause.toNanos(), failures));
        } finally {
            lock.unlock();
        }
    }

    void stop() {
        lock.lock();
        try {
            stopped = true;
            change.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isStopped() {
        lock.lock();
        try {
            return stopped;
        } finally {
            lock.unlock();
        }
    }

    int running() {
        lock.lock();
        try {
            return running.size();
        } finally {
            lock.unlock();
        }
    }
}
