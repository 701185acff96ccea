package dev.confab.application.turn;

import dev.confab.application.TurnEvents;
import dev.confab.application.TurnEvents.TurnEvent;
import dev.confab.application.retry.RetryingConversationStore;
import dev.confab.domain.conversation.ConversationException;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.Assistant;
import dev.confab.domain.port.ChangeFeed;
import dev.confab.domain.port.ChangeFeed.Subscription;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.Ids;
import dev.confab.domain.port.SessionReader;
import dev.confab.domain.port.StorageException;
import dev.confab.domain.port.Tool;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.SessionException;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the turns that start, or go on, in this instance: each on a virtual thread of its own, all looked after by one daemon that renews
 * their leases. What ends a turn is always a commit; only when that is known the run is stopped and its readers are told.
 *
 * <p>A turn that somebody else ends is noticed by the feed's hint of its conversation, and without one at the next renewal.
 */
public final class TurnRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TurnRunner.class);
    private static final long MAX_KEPT_BYTES = 16L * 1024 * 1024;
    private static final Duration KEPT_FOR = Duration.ofMinutes(5);
    /** How often a lease is looked at: it is renewed when a third of it is gone. */
    private static final int LOOKS_PER_LEASE = 6;
    private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(2);

    private final RetryingConversationStore store;
    private final ConversationReader reader;
    private final SessionReader sessions;
    private final Assistant assistant;
    private final Toolbox toolbox;
    private final Ids ids;
    private final InstantSource clock;
    private final TurnSettings settings;
    private final Map<TurnId, Active> runs = new ConcurrentHashMap<>();
    private final TurnLogs logs = new TurnLogs(MAX_KEPT_BYTES, KEPT_FOR);
    private final Watchers watchers = new Watchers(TurnRunner::start);
    private final Set<ConversationId> toLookAt = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor timer;
    private final Subscription subscription;
    /** Under the lock, as the runs are: none begins after the end. */
    private boolean closed;

    public TurnRunner(RetryingConversationStore store, ConversationReader reader, SessionReader sessions,
            ChangeFeed feed, Assistant assistant, Collection<? extends Tool> tools, Ids ids, InstantSource clock,
            TurnSettings settings) {
        this.store = store;
        this.reader = reader;
        this.sessions = sessions;
        this.assistant = assistant;
        this.toolbox = new Toolbox(tools, settings.toolsNeedingApproval());
        this.ids = ids;
        this.clock = clock;
        this.settings = settings;
        this.timer = new ScheduledThreadPoolExecutor(1,
                Thread.ofPlatform().daemon().name("turn-leases").factory());
        timer.setRemoveOnCancelPolicy(true);
        this.subscription = feed.subscribe(hint -> changed(hint.conversation()));
        long period = settings.lease().dividedBy(LOOKS_PER_LEASE).toNanos();
        var _ = timer.scheduleWithFixedDelay(this::look, period, period, TimeUnit.NANOSECONDS);
    }

    /** For how long a turn that this instance starts is its own, unless renewed. */
    public Duration lease() {
        return settings.lease();
    }

    public TurnEvents events() {
        return new TurnStreams(logs, watchers, sessions, reader, clock);
    }

    /** How many turns run here. */
    public int running() {
        return runs.size();
    }

    /** About how much memory is used by the events of turns that do not run any more. */
    public long keptBytes() {
        return logs.keptBytes();
    }

    /** Runs a turn that has just been committed as running under a lease of this instance; once, however often it is told. */
    public void run(OwnerId owner, Turn turn) {
        var gate = new Gate();
        var tenure = new Tenure(TurnCommits.of(store, owner, turn), gate, clock, settings.lease(), turn);
        Optional<Active> begun = begin(owner, turn, gate, tenure);
        begun.ifPresentOrElse(active -> {
            var history = new History(reader, sessions, clock, settings.historyMessages(), owner, turn);
            var run = new Run(assistant, toolbox, history, tenure, gate, active.speech(), new Stage(active),
                    new MessageId(ids.next()));
            Thread.ofVirtual().name("turn-" + turn.id()).start(() -> runToTheEnd(run, active));
        }, () -> watchers.tell(turn.id()));
    }

    private synchronized Optional<Active> begin(OwnerId owner, Turn turn, Gate gate, Tenure tenure) {
        Active before = runs.get(turn.id());
        if (before != null && before.turn().step() >= turn.step()) {
            return Optional.empty();
        }
        if (closed) {
            start(() -> quietly(turn, () -> tenure.failFromOutside(Failures.STOPPED).ifPresent(this::ended)));
            return Optional.empty();
        }
        // A run that has just asked a person may not be quite over when the answer starts the next one: that one has the log then.
        TurnLog log = logs.open(owner, turn);
        if (turn.step() == 1) {
            log.add(CommittedEvents.of(turn, Optional.empty()));
        }
        var active = new Active(turn, tenure, gate, new Speech(turn.step(), turn.said()), log, timeOut(gate),
                new AtomicBoolean(), new CompletableFuture<>());
        runs.put(turn.id(), active);
        return Optional.of(active);
    }

    private void runToTheEnd(Run run, Active active) {
        try {
            watchers.tell(active.turn().id());
            run.run();
        } finally {
            active.timeout().cancel(false);
            finish(active);
            active.over().complete(null);
            watchers.tell(active.turn().id());
        }
    }

    private Future<?> timeOut(Gate gate) {
        return timer.schedule(() -> gate.fail(Failures.TIMEOUT), settings.timeout().toNanos(),
                TimeUnit.NANOSECONDS);
    }

    private synchronized void finish(Active active) {
        if (runs.remove(active.turn().id(), active)) {
            logs.rest(active.log(), clock.instant());
        }
    }

    /** What a run that is under way here has said by now. */
    public Optional<Said> said(TurnId id) {
        return Optional.ofNullable(runs.get(id)).map(active -> active.speech().said());
    }

    /** A turn has ended, and that is committed: its readers are told, once, and a run that is under way here is stopped. */
    public void ended(Ending ending) {
        TurnId id = ending.turn().id();
        logs.find(id).ifPresent(log -> log.add(CommittedEvents.of(ending.turn(), ending.reply())));
        watchers.tell(id);
        Optional.ofNullable(runs.get(id)).ifPresent(active -> active.gate().stop());
    }

    /** Where a run's events go: into its log. */
    private final class Stage implements Run.Stage {
        private final Active active;

        Stage(Active active) {
            this.active = active;
        }

        @Override
        public void say(int step, String text) {
            active.log().say(step, text);
            watchers.tell(active.turn().id());
        }

        @Override
        public void asked(TurnEvent event) {
            active.log().add(List.of(event));
            watchers.tell(active.turn().id());
        }

        @Override
        public void ended(Ending ending) {
            TurnRunner.this.ended(ending);
        }

        @Override
        public void refused() {
            lookAt(active.turn().conversationId());
        }
    }

    /** On the timer's thread, which waits for nothing. */
    void look() {
        logs.evict(clock.instant());
        runs.values().stream().filter(active -> active.tended().compareAndSet(false, true))
                .forEach(active -> start(() -> {
                    try {
                        quietly(active.turn(), () -> tend(active));
                    } finally {
                        active.tended().set(false);
                    }
                }));
    }

    /** Whether a lease is looked after at this moment. */
    boolean isTending() {
        return runs.values().stream().anyMatch(active -> active.tended().get());
    }

    private void tend(Active active) {
        try {
            if (active.gate().failure().isPresent()) {
                // The run was interrupted some time ago, and an assistant that does not listen must not hold the conversation.
                active.tenure().failFromOutside(active.gate().failure().get()).ifPresent(this::ended);
            } else if (active.tenure().isRenewalDue()) {
                active.tenure().renew(active.speech());
            }
        } catch (SessionException | ConversationException over) {
            active.gate().stop();
            lookAt(active.turn().conversationId());
        }
    }

    /** A hint from the store's thread. */
    private void changed(ConversationId conversation) {
        watchers.changed(conversation);
        if (logs.has(conversation) && toLookAt.add(conversation)) {
            start(() -> {
                // Taken out before looking: a hint that comes meanwhile looks once more.
                toLookAt.remove(conversation);
                lookAt(conversation);
            });
        }
    }

    /** Looks whether turns with a log here were ended by somebody else, or are gone. */
    private void lookAt(ConversationId conversation) {
        List<TurnLog> known = logs.of(conversation);
        try {
            Activity activity = sessions.activity(conversation, clock.instant());
            known.forEach(
                    log -> activity.find(log.turnId()).ifPresentOrElse(turn -> lookAt(log, turn), () -> gone(log)));
        } catch (ConversationNotFound gone) {
            known.forEach(this::gone);
        } catch (StorageException later) {
            LOG.debug("conversation {} is looked at when a lease is renewed", conversation, later);
        }
    }

    private void lookAt(TurnLog log, Turn turn) {
        if (turn.isFinished() && !log.isEnded()) {
            ended(new Ending(turn, TurnStreams.reply(reader, turn)));
        }
    }

    private void gone(TurnLog log) {
        logs.drop(log);
        Optional.ofNullable(runs.get(log.turnId())).ifPresent(active -> active.gate().stop());
        watchers.tell(log.turnId());
    }

    /** Fails the turns that run here, so that nobody waits for their leases; returns after some seconds at the latest. */
    @Override
    public void close() {
        subscription.close();
        List<Active> left = closeAndList();
        left.forEach(active -> active.gate().fail(Failures.STOPPED));
        if (!areOver(left)) {
            left.stream().filter(active -> !active.over().isDone()).forEach(active -> start(
                    () -> quietly(active.turn(), () -> active.tenure().failFromOutside(Failures.STOPPED)
                            .ifPresent(this::ended))));
            boolean _ = areOver(left);
            left.forEach(active -> active.gate().stop());
        }
        List<Runnable> _ = timer.shutdownNow();
    }

    private synchronized List<Active> closeAndList() {
        closed = true;
        return List.copyOf(runs.values());
    }

    private static boolean areOver(List<Active> runs) {
        var all = CompletableFuture.allOf(runs.stream().map(Active::over).toArray(CompletableFuture[]::new));
        try {
            all.get(PATIENCE_AT_CLOSE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException stuck) {
            return false;
        } catch (InterruptedException inAHurry) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void quietly(Turn turn, Runnable task) {
        try {
            task.run();
        } catch (Stopped over) {
            LOG.debug("turn {} is stopped", turn.id());
        } catch (RuntimeException failed) {
            LOG.warn("turn {} could not be written now", turn.id(), failed);
        }
    }

    private static void start(Runnable task) {
        Thread.ofVirtual().start(task);
    }
}
