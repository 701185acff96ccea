package dev.confab.application.turn.run;

import dev.confab.application.turn.event.TurnLogs;
import dev.confab.domain.conversation.ConversationException;
import dev.confab.domain.session.SessionException;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnFailure;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after the runs that are under way: renews their leases, and ends those that were told to end and did not. */
final class LeaseKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);

    private final RunningTurns runs;
    private final TurnLogs logs;
    private final TurnEndings noticing;
    private final InstantSource clock;
    private final Executor executor;

    LeaseKeeper(RunningTurns runs, TurnLogs logs, TurnEndings noticing, InstantSource clock, Executor executor) {
        this.runs = runs;
        this.logs = logs;
        this.noticing = noticing;
        this.clock = clock;
        this.executor = executor;
    }

    /** On the timer's thread, which waits for nothing: one run whose conversation is busy holds up no other's lease. */
    void all() {
        logs.evict(clock.instant());
        runs.all().stream().filter(active -> active.tended().compareAndSet(false, true))
                .forEach(active -> executor.execute(() -> {
                    try {
                        one(active);
                    } finally {
                        active.tended().set(false);
                    }
                }));
    }

    private void one(RunningTurn active) {
        quietly(active.turn(), () -> {
            try {
                active.gate().failure().ifPresentOrElse(
                        // It was interrupted some time ago; an assistant that does not listen must not hold the conversation.
                        why -> active.tenure().failFromOutside(why).ifPresent(noticing::ended),
                        () -> renew(active));
            } catch (SessionException | ConversationException over) {
                // Looked at while it still counts as running here: else its followers are not told how it ended.
                noticing.lookAt(active.turn().conversationId());
                active.gate().stop();
            }
        });
    }

    private static void renew(RunningTurn active) {
        if (active.tenure().isRenewalDue()) {
            active.tenure().renew(active.speech());
        }
    }

    /** Fails a turn from outside of its run, unless that is writing at this moment. */
    void fail(Turn turn, TurnLease tenure, TurnFailure why) {
        quietly(turn, () -> tenure.failFromOutside(why).ifPresent(noticing::ended));
    }

    private static void quietly(Turn turn, Runnable task) {
        try {
            task.run();
        } catch (RunStopped over) {
            LOG.debug("turn {} is stopped", turn.id());
        } catch (RuntimeException failed) {
            LOG.warn("turn {} could not be written now", turn.id(), failed);
        }
    }
}
