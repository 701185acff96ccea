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
    private final Set<RunningTurn> inProgress = ConcurrentHashMap.newKeySet();

    LeaseKeeper(RunningTurns runs, TurnLogs logs, TurnEndings endings, InstantSource clock) {
        this.runs = runs;
        this.logs = logs;
        this.endings = endings;
        this.clock = clock;
    }

    /**
     * Renews the due leases and fails the runs that do not react. The timer's thread calls this and must not block, so each turn gets a
     * thread of its own.
     */
    void renewOrFailAll() {
        logs.evict(clock.instant());
        runs.all().stream().filter(inProgress::add).forEach(run -> Thread.startVirtualThread(() -> {
            try {
                renewOrFail(run);
            } finally {
                inProgress.remove(run);
            }
        }));
    }

    /** Whether a renewal or a failure is in progress. */
    boolean isBusy() {
        return !inProgress.isEmpty();
    }

    private void renewOrFail(RunningTurn run) {
        quietly(run, () -> {
            try {
                // A failure is set when the run was interrupted some time ago and did not react.
                run.interruption().failure().ifPresentOrElse(
                        why -> run.failFromOutside(why).ifPresent(endings::ended), run::renewIfDue);
            } catch (SessionException | ConversationException rejected) {
                // Before the stop: readers learn how the turn ended only while it counts as running.
                endings.reconcile(run.started().conversationId());
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
