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
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes note of the ends of turns, by whomever: the log has the end, the run is stopped, the readers are told. */
final class TurnEndings {
    private static final Logger LOG = LoggerFactory.getLogger(TurnEndings.class);

    private final RunningTurns runs;
    private final TurnLogs logs;
    private final TurnWatchers watchers;
    private final SessionReader sessions;
    private final ConversationReader reader;
    private final InstantSource clock;
    private final Executor executor;
    private final Set<ConversationId> toLookAt = ConcurrentHashMap.newKeySet();

    TurnEndings(RunningTurns runs, TurnLogs logs, TurnWatchers watchers, SessionReader sessions,
            ConversationReader reader,
            InstantSource clock, Executor executor) {
        this.runs = runs;
        this.logs = logs;
        this.watchers = watchers;
        this.sessions = sessions;
        this.reader = reader;
        this.clock = clock;
        this.executor = executor;
    }

    /** The end is committed. To be told so more than once does no harm. */
    void ended(TurnOutcome ending) {
        TurnKey key = TurnKey.of(ending.turn());
        logs.add(key, CommittedEvents.of(ending.turn(), ending.reply()));
        watchers.tell(ending.turn().id());
        runs.find(key).ifPresent(active -> active.gate().stop());
    }

    /** On the store's thread, which is to wait for nothing: what is to be read is read on another. */
    void changed(Hint hint) {
        ConversationId conversation = hint.conversation();
        watchers.changed(conversation);
        if (logs.has(conversation) && toLookAt.add(conversation)) {
            executor.execute(() -> {
                // Taken out before looking: a hint that comes meanwhile looks once more.
                toLookAt.remove(conversation);
                lookAt(conversation);
            });
        }
    }

    /** Looks whether turns with a log here were ended by somebody else, or are gone. */
    void lookAt(ConversationId conversation) {
        List<TurnLog> known = logs.of(conversation);
        try {
            Activity activity = sessions.activity(conversation, clock.instant());
            known.forEach(log -> activity.find(log.turnId()).ifPresentOrElse(turn -> seen(log, turn), () -> gone(log)));
        } catch (ConversationNotFound gone) {
            known.forEach(this::gone);
        } catch (StorageException later) {
            LOG.debug("conversation {} is looked at when a lease is renewed", conversation, later);
        }
    }

    private void seen(TurnLog log, Turn turn) {
        if (turn.isFinished() && !log.isEnded()) {
            ended(new TurnOutcome(turn, TurnEventReader.reply(reader, turn, clock.instant())));
        }
    }

    /**
     * Its conversation went to the bin or farther, and whatever took it there cancelled the turn: that much is known of one that ran here,
     * though it cannot be read any more.
     */
    private void gone(TurnLog log) {
        runs.find(log.key()).ifPresentOrElse(active -> {
            log.cancelled(active.turn(), active.speech().step(), clock.instant().truncatedTo(ChronoUnit.MILLIS));
            active.gate().stop();
        }, () -> logs.drop(log));
        watchers.tell(log.turnId());
    }
}
