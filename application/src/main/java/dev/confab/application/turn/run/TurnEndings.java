package dev.confab.application.turn.run;

import dev.confab.application.turn.event.CommittedEvents;
import dev.confab.application.turn.event.TurnEventReader;
import dev.confab.application.turn.event.TurnKey;
import dev.confab.application.turn.event.TurnLog;
import dev.confab.application.turn.event.TurnLogs;
import dev.confab.application.turn.event.TurnOutcome;
import dev.confab.application.turn.event.TurnWatchers;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.port.ChangeFeed.Hint;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.SessionReader;
import dev.confab.domain.port.StorageException;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.Turn;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reacts to the end of turns: adds the end to the log, stops the run, wakes the readers. */
final class TurnEndings {
    private static final Logger LOG = LoggerFactory.getLogger(TurnEndings.class);

    private final RunningTurns runs;
    private final TurnLogs logs;
    private final TurnWatchers watchers;
    private final SessionReader sessions;
    private final ConversationReader reader;
    private final InstantSource clock;
    private final Set<ConversationId> toReconcile = ConcurrentHashMap.newKeySet();

    TurnEndings(RunningTurns runs, TurnLogs logs, TurnWatchers watchers, SessionReader sessions,
            ConversationReader reader, InstantSource clock) {
        this.runs = runs;
        this.logs = logs;
        this.watchers = watchers;
        this.sessions = sessions;
        this.reader = reader;
        this.clock = clock;
    }

    /** The turn's end is committed. May be called more than once for the same turn. */
    void ended(TurnOutcome outcome) {
        TurnKey key = TurnKey.of(outcome.turn());
        logs.add(key, CommittedEvents.of(outcome.turn(), outcome.messages()));
        watchers.wake(key.turn());
        runs.find(key).ifPresent(run -> run.interruption().stop());
    }

    /** Called on a thread of the store, which must not block: so the conversation is read on another thread. */
    void changed(Hint hint) {
        ConversationId conversation = hint.conversation();
        watchers.changed(conversation);
        if (logs.has(conversation) && toReconcile.add(conversation)) {
            var _ = Thread.startVirtualThread(() -> {
                // Removed first: a hint that arrives during the reading then starts another one.
                toReconcile.remove(conversation);
                reconcile(conversation);
            });
        }
    }

    /** Compares the conversation's logs with the store: turns that another instance ended, or that are gone, end here too. */
    void reconcile(ConversationId conversation) {
        List<TurnLog> known = logs.of(conversation);
        try {
            Activity activity = sessions.activity(conversation, clock.instant());
            known.forEach(
                    log -> activity.find(log.key().turn()).ifPresentOrElse(turn -> found(log, turn), () -> gone(log)));
        } catch (ConversationNotFound gone) {
            known.forEach(this::gone);
        } catch (StorageException unavailable) {
            LOG.debug(
                    "Conversation {}: the storage is unavailable; the ends of its turns are read again at the next renewal",
                    conversation, unavailable);
        }
    }

    private void found(TurnLog log, Turn turn) {
        if (turn.isFinished() && !log.isEnded()) {
            ended(new TurnOutcome(turn, TurnEventReader.messages(reader, turn, clock.instant())));
        }
    }

    /** The conversation was deleted or purged, which cancels its turn. The log gets that end, because the store no longer shows it. */
    private void gone(TurnLog log) {
        runs.find(log.key()).ifPresentOrElse(run -> {
            log.cancelled(run.started(), run.step(), clock.instant());
            run.interruption().stop();
        }, () -> logs.drop(log));
        watchers.wake(log.key().turn());
    }
}
