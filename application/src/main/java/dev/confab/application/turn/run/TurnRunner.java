package dev.confab.application.turn.run;

import dev.confab.application.TurnEvents;
import dev.confab.application.conversation.HandOver;
import dev.confab.application.conversation.LocalTurns;
import dev.confab.application.retry.RetryingConversationStore;
import dev.confab.application.turn.answer.TurnFailures;
import dev.confab.application.turn.event.TurnEventReader;
import dev.confab.application.turn.event.TurnKey;
import dev.confab.application.turn.event.TurnLog;
import dev.confab.application.turn.event.TurnLogs;
import dev.confab.application.turn.event.TurnOutcome;
import dev.confab.application.turn.event.TurnWatchers;
import dev.confab.application.turn.run.RunPermits.Permit;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.Assistant;
import dev.confab.domain.port.ChangeFeed;
import dev.confab.domain.port.ChangeFeed.Subscription;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.SessionReader;
import dev.confab.domain.port.TokenCounter;
import dev.confab.domain.port.Tool;
import dev.confab.domain.query.TokenWindow;
import dev.confab.domain.session.Session.TokenBudget;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnOutput;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the turns that start or resume on this instance, each on its own virtual thread, with one timer for all leases and timeouts. */
public final class TurnRunner implements LocalTurns, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TurnRunner.class);
    private static final long MAX_KEPT_BYTES = 16L * 1024 * 1024;
    private static final Duration KEPT_FOR = Duration.ofMinutes(5);
    /** A lease is renewed when a third has passed; looking twice as often keeps a renewal from being late. */
    private static final int LOOKS_PER_LEASE = 6;
    private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(2);

    private final RetryingConversationStore store;
    private final ConversationReader reader;
    private final SessionReader sessions;
    private final Assistant assistant;
    private final TokenCounter counter;
    private final Toolbox toolbox;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final TurnSettings settings;
    private final RunObserver observer;
    private final TurnLogs logs = new TurnLogs(MAX_KEPT_BYTES, KEPT_FOR);
    private final RunPermits permits;
    private final RunningTurns runs = new RunningTurns(logs);
    private final TurnWatchers watchers = new TurnWatchers(Thread::startVirtualThread);
    private final TurnEndings endings;
    private final LeaseKeeper leases;
    private final ScheduledThreadPoolExecutor timer;
    private final Subscription subscription;

    public TurnRunner(RetryingConversationStore store, ConversationReader reader, SessionReader sessions,
            ChangeFeed feed, Assistant assistant, TokenCounter counter, Collection<? extends Tool> tools,
            InstantSource clock, TurnSettings settings) {
        this(store, reader, sessions, feed, assistant, counter, tools, clock, settings, RunObserver.NONE);
    }

    public TurnRunner(RetryingConversationStore store, ConversationReader reader, SessionReader sessions,
            ChangeFeed feed, Assistant assistant, TokenCounter counter, Collection<? extends Tool> tools,
            InstantSource clock, TurnSettings settings, RunObserver observer) {
        this(store, reader, sessions, feed, assistant, counter, tools, clock, System::nanoTime, settings, observer);
    }

    /** @param nanoTime the monotonic clock by which leases are kept */
    TurnRunner(RetryingConversationStore store, ConversationReader reader, SessionReader sessions, ChangeFeed feed,
            Assistant assistant, TokenCounter counter, Collection<? extends Tool> tools, InstantSource clock,
            LongSupplier nanoTime, TurnSettings settings, RunObserver observer) {
        this.store = store;
        this.reader = reader;
        this.sessions = sessions;
        this.assistant = assistant;
        this.counter = counter;
        this.toolbox = new Toolbox(tools, settings.toolsNeedingApproval());
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.settings = settings;
        this.observer = observer;
        this.permits = new RunPermits(settings.maxRunning());
        this.endings = new TurnEndings(runs, logs, watchers, sessions, reader, clock);
        this.leases = new LeaseKeeper(runs, logs, endings, clock);
        // A timeout that is scheduled after the shutdown is dropped: by then every run has been stopped.
        this.timer = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("turn-leases").factory(),
                new ThreadPoolExecutor.DiscardPolicy());
        timer.setRemoveOnCancelPolicy(true);
        this.subscription = feed.subscribe(endings::changed);
        long period = settings.lease().dividedBy(LOOKS_PER_LEASE).toNanos();
        var _ = timer.scheduleWithFixedDelay(this::renewLeasesRegularly, period, period, TimeUnit.NANOSECONDS);
    }

    @Override
    public Duration lease() {
        return settings.lease();
    }

    public TurnEvents events() {
        return new TurnEventReader(logs, watchers, sessions, reader, clock);
    }

    /** How many turns run on this instance. */
    public int running() {
        return runs.size();
    }

    /** About how much memory the events of turns that no longer run here take. */
    public long retainedBytes() {
        return logs.retainedBytes();
    }

    /** For a request that may run a turn; see {@link #run}. */
    public Permit permit(OwnerId owner) {
        return permits.permit(owner);
    }

    /** Runs a turn that was just committed as running under a lease of this instance. Repeated calls for the same step do nothing. */
    public void run(OwnerId owner, Turn turn, Permit permit) {
        Optional<RunningTurn> begun = runs.begin(owner, turn, log -> running(owner, turn, log));
        begun.ifPresent(running -> {
            var input = new TurnInputReader(reader, sessions, counter, settings.contextTokens());
            var run = new TurnRun(assistant, toolbox,
                    () -> input.read(owner, turn, toolbox.descriptions(), clock.instant()), running, endings);
            Supplier<Optional<Turn>> observed = observer.observed(turn, run::run);
            permit.handOver();
            Thread.ofVirtual().name("turn-" + turn.id()).start(() -> runToTheEnd(observed, running, permit));
        });
        if (begun.isEmpty() && runs.isClosed()) {
            Thread.startVirtualThread(
                    () -> leases.fail(running(owner, turn, new TurnLog(owner, turn)), TurnFailures.STOPPED));
        }
    }

    @Override
    public void run(OwnerId owner, Turn turn) {
        try (Permit permit = permits.permitOfTheNext(owner)) {
            run(owner, turn, permit);
        }
    }

    private RunningTurn running(OwnerId owner, Turn turn, TurnLog log) {
        return new RunningTurn(owner, turn, log, watchers,
                TurnWrites.of(new HandOver(store, this, clock), owner, turn), clock, nanoTime, settings.lease());
    }

    private void runToTheEnd(Supplier<Optional<Turn>> run, RunningTurn running, Permit permit) {
        Future<?> timeout = timer.schedule(() -> running.interruption().fail(TurnFailures.TIMEOUT),
                settings.timeout().toNanos(), TimeUnit.NANOSECONDS);
        try {
            running.wakeReaders();
            Optional<Turn> _ = run.get();
        } finally {
            timeout.cancel(false);
            permit.release();
            runs.finish(running, clock.instant());
            running.wakeReaders();
        }
    }

    @Override
    public boolean isRunning(Turn turn) {
        return runs.find(TurnKey.of(turn)).isPresent();
    }

    @Override
    public TurnOutput output(Turn turn) {
        return runs.find(TurnKey.of(turn)).flatMap(run -> run.partialAnswer().in(turn)).orElseGet(turn::output);
    }

    /** The messages of a conversation that the assistant would be told within a budget. */
    public TokenWindow context(ConversationId conversation, TokenBudget budget, Optional<String> model, Instant at) {
        return new TurnInputReader(reader, sessions, counter, budget).context(conversation, model, at);
    }

    /** The turn's end is committed: stops its run, if it runs on this instance, and wakes its readers. */
    public void ended(TurnOutcome outcome) {
        endings.ended(outcome);
    }

    /** Stops the run of a turn that a start has just interrupted, if it runs on this instance, and wakes its readers. */
    public void endInterrupted(ConversationId conversation) {
        endings.reconcile(conversation);
    }

    private void renewLeasesRegularly() {
        try {
            renewLeases();
        } catch (RuntimeException unexpected) {
            // An exception would end the schedule, and no lease would be renewed any more.
            LOG.error("Turn runner: renewing the leases failed; trying again at the next round", unexpected);
        } catch (Error fatal) {
            // The schedule would end in silence; the handler of dead threads reports it.
            Thread.currentThread().getUncaughtExceptionHandler().uncaughtException(Thread.currentThread(), fatal);
            throw fatal;
        }
    }

    void renewLeases() {
        leases.renewOrFailAll();
    }

    boolean isRenewingLeases() {
        return leases.isBusy();
    }

    /** How many runs have a timeout scheduled. */
    int timeouts() {
        return timer.getQueue().size() - 1;
    }

    /** Fails the turns that run on this instance, so that none waits for its lease to expire; takes a few seconds at most. */
    @Override
    public void close() {
        subscription.close();
        runs.close();
        List<RunningTurn> left = runs.all();
        left.forEach(run -> run.interruption().fail(TurnFailures.STOPPED));
        if (!runs.awaitNone(PATIENCE_AT_CLOSE)) {
            runs.all().forEach(run -> Thread.startVirtualThread(() -> leases.fail(run, TurnFailures.STOPPED)));
            boolean _ = runs.awaitNone(PATIENCE_AT_CLOSE);
            left.forEach(run -> run.interruption().stop());
        }
        List<Runnable> _ = timer.shutdownNow();
    }
}
