package dev.confab.application.turn.run;

import dev.confab.application.turn.event.TurnLogs;
import dev.confab.domain.conversation.ConversationException;
import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.port.LockTimeout;
import dev.confab.domain.port.StorageUnavailable;
import dev.confab.domain.session.SessionException;
import dev.confab.domain.session.TurnFailure;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renews the leases of the turns that run on this instance, and fails those whose run was interrupted and did not react. */
final class LeaseKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);

    private final RunningTurns runs;
    private final TurnLogs logs;
    private final TurnEndings endings;
    private final InstantSource clock;
    private final Set<RunningTurn> inHand = ConcurrentHashMap.newKeySet();

    LeaseKeeper(RunningTurns runs, TurnLogs logs, TurnEndings endings, InstantSource clock) {
        this.runs = runs;
        this.logs = logs;
        this.endings = endings;
        this.clock = clock;
    }

    /** Called on the timer's thread, which must not block: each turn is looked after on its own thread, so that none delays another. */
    void lookAfterAll() {
        logs.evict(clock.instant());
        runs.all().stream().filter(inHand::add).forEach(run -> Thread.startVirtualThread(() -> {
            try {
                lookAfter(run);
            } finally {
                inHand.remove(run);
            }
        }));
    }

    /** Whether a turn is being looked after at this moment. */
    boolean isBusy() {
        return !inHand.isEmpty();
    }

    private void lookAfter(RunningTurn run) {
        quietly(run, () -> {
            try {
                // A failure means that the run was interrupted some time ago, but did not react.
                run.interruption().failure().ifPresentOrElse(
                        why -> run.failFromOutside(why).ifPresent(endings::ended), run::renewIfDue);
            } catch (SessionException | ConversationException rejected) {
                // Look before the stop: readers learn how the turn ended only while it counts as running.
                endings.lookAt(run.started().conversationId());
                run.interruption().stop();
            }
        });
    }

    /** Fails a turn from outside of its run; does nothing while the run itself writes. */
    void fail(RunningTurn run, TurnFailure why) {
        quietly(run, () -> run.failFromOutside(why).ifPresent(endings::ended));
    }

    private static void quietly(RunningTurn run, Runnable task) {
        try {
            task.run();
        } catch (RunStopped stopped) {
            LOG.debug("Turn {}: the run was stopped", run.started().id());
        } catch (StorageUnavailable | LockTimeout | CommitOutcomeUnknown busy) {
            // On a full disk or a busy machine there are many of these: one line each, without a stack trace.
            LOG.warn("Turn {}: renewing the lease or failing the turn failed; trying again at the next round: {}",
                    run.started().id(), busy.toString());
        } catch (RuntimeException failed) {
            LOG.warn("Turn {}: renewing the lease or failing the turn failed; trying again at the next round",
                    run.started().id(), failed);
        }
    }
}
