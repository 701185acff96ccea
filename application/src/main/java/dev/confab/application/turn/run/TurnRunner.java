package dev.confab.application.turn.run;

import dev.confab.application.TurnEvents;
import dev.confab.application.retry.RetryingConversationStore;
import dev.confab.application.turn.event.TurnEventReader;
import dev.confab.application.turn.event.TurnKey;
import dev.confab.application.turn.event.TurnLogs;
import dev.confab.application.turn.event.TurnOutcome;
import dev.confab.application.turn.event.TurnWatchers;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.Assistant;
import dev.confab.domain.port.ChangeFeed;
import dev.confab.domain.port.ChangeFeed.Subscription;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.Ids;
import dev.confab.domain.port.SessionReader;
import dev.confab.domain.port.Tool;
import dev.confab.domain.session.Turn;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * RunningTurns the turns that start, or go on, in this instance: each on a virtual thread of its own, all looked after by one daemon that renews
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
    private final TurnLogs logs = new TurnLogs(MAX_KEPT_BYTES, KEPT_FOR);
    private final RunningTurns runs = new RunningTurns(logs);
    private final TurnWatchers watchers = new TurnWatchers(TurnRunner::start);
    private final TurnEndings noticing;
    private final LeaseKeeper tending;
    private final ScheduledThreadPoolExecutor timer;
    private final Subscription subscription;

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
        this.noticing = new TurnEndings(runs, logs, watchers, sessions, reader, clock, TurnRunner::start);
        this.tending = new LeaseKeeper(runs, logs, noticing, clock, TurnRunner::start);
        this.timer = new ScheduledThreadPoolExecutor(1,
                Thread.ofPlatform().daemon().name("turn-leases").factory());
        timer.setRemoveOnCancelPolicy(true);
        this.subscription = feed.subscribe(noticing::changed);
        long period = settings.lease().dividedBy(LOOKS_PER_LEASE).toNanos();
        var _ = timer.scheduleWithFixedDelay(this::lookRegularly, period, period, TimeUnit.NANOSECONDS);
    }

    /** For how long a turn that this instance starts is its own, unless renewed. */
    public Duration lease() {
        return settings.lease();
    }

    public TurnEvents events() {
        return new TurnEventReader(logs, watchers, sessions, reader, clock);
    }

    /** How many turns run here. */
    public int running() {
        return runs.size();
    }

    /** About how much memory is used by the events of turns that do not run any more. */
    public long keptBytes() {
        return logs.keptBytes();
    }

    /** RunningTurns a turn that has just been committed as running under a lease of this instance; once, however often it is told. */
    public void run(OwnerId owner, Turn turn) {
        var gate = new Interruption();
        var tenure = new TurnLease(TurnWrites.of(store, owner, turn), gate, clock, settings.lease(), turn);
        Optional<RunningTurn> begun = runs.begin(owner, turn, gate, tenure, () -> timeout(gate));
        begun.ifPresent(active -> {
            var history = new TurnInput(reader, sessions, clock, settings.historyMessages(), owner, turn);
            var run = new TurnRun(assistant, toolbox, history, tenure, gate, active.speech(),
                    new LogStage(active, watchers, noticing), new MessageId(ids.next()));
            Thread.ofVirtual().name("turn-" + turn.id()).start(() -> runToTheEnd(run, active));
        });
        if (begun.isEmpty() && runs.isClosed()) {
            start(() -> tending.fail(turn, tenure, TurnFailures.STOPPED));
        }
    }

    private void runToTheEnd(TurnRun run, RunningTurn active) {
        try {
            watchers.tell(active.turn().id());
            run.run();
        } finally {
            active.timeout().cancel(false);
            runs.finish(active, clock.instant());
            active.over().complete(null);
            watchers.tell(active.turn().id());
        }
    }

    private Future<?> timeout(Interruption gate) {
        return timer.schedule(() -> gate.fail(TurnFailures.TIMEOUT), settings.timeout().toNanos(),
                TimeUnit.NANOSECONDS);
    }

    /** What a run that is under way here has said by now. */
    public Optional<PartialAnswer> said(Turn turn) {
        return runs.find(TurnKey.of(turn)).map(active -> active.speech().said());
    }

    /** A turn has ended, and that is committed: its readers are told, once, and a run that is under way here is stopped. */
    public void ended(TurnOutcome ending) {
        noticing.ended(ending);
    }

    private void lookRegularly() {
        try {
            look();
        } catch (RuntimeException broken) {
            // Nothing is known to throw here; but were it thrown on, nobody would ever look again.
            LOG.error("the leases could not be looked at", broken);
        }
    }

    void look() {
        tending.all();
    }

    /** Whether a lease is looked after at this moment. */
    boolean isTending() {
        return runs.all().stream().anyMatch(active -> active.tended().get());
    }

    /** Fails the turns that run here, so that nobody waits for their leases; returns after some seconds at the latest. */
    @Override
    public void close() {
        subscription.close();
        List<RunningTurn> left = runs.close();
        left.forEach(active -> active.gate().fail(TurnFailures.STOPPED));
        if (!areOver(left)) {
            left.stream().filter(active -> !active.over().isDone())
                    .forEach(active -> start(() -> tending.fail(active.turn(), active.tenure(), TurnFailures.STOPPED)));
            boolean _ = areOver(left);
            left.forEach(active -> active.gate().stop());
        }
        List<Runnable> _ = timer.shutdownNow();
    }

    private static boolean areOver(List<RunningTurn> runs) {
        var all = CompletableFuture.allOf(runs.stream().map(RunningTurn::over).toArray(CompletableFuture[]::new));
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

    private static void start(Runnable task) {
        Thread.ofVirtual().start(task);
    }
}
