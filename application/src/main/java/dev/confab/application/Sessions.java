package dev.confab.application;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Precondition;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.query.Page;
import dev.confab.domain.query.SessionQuery;
import dev.confab.domain.query.SessionView;
import dev.confab.domain.session.Session.Settings;
import dev.confab.domain.session.SessionId;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Use cases on sessions. Every call with a session id throws {@code SessionNotFound} when the owner has no such session or it has expired.
 */
public interface Sessions {
    /** The limits of a temporary session's time to live. */
    Duration MIN_TIME_TO_LIVE = Duration.ofSeconds(60);
    Duration MAX_TIME_TO_LIVE = Duration.ofDays(7);
    Duration DEFAULT_TIME_TO_LIVE = Duration.ofHours(24);

    /**
     * Creates a session, which becomes the owner's current one. If the request names no conversation, the same commit creates one. The
     * same request again, with the same id or key, returns the session as it is now; another request with that id or key throws {@code
     * SessionIdReused}.
     *
     * @throws dev.confab.domain.conversation.ConversationNotFound the owner has no such conversation
     * @throws dev.confab.domain.session.TooManySessions the conversation has the maximum number of sessions
     */
    CreateResult<SessionView> create(OwnerId owner, Creation request);

    /** The same for a request that began when it took this token: see {@link Erasures#begin}. */
    CreateResult<SessionView> create(FencingToken token, Creation request);

    SessionView get(OwnerId owner, SessionId id);

    /** The owner's sessions, the latest first. */
    Page<SessionView, SessionQuery.Key> list(OwnerId owner, SessionQuery query);

    /** The session that the owner activated last; empty if the owner has no session. */
    Optional<SessionView> current(OwnerId owner);

    /** Makes it the owner's current session. */
    SessionView activate(OwnerId owner, SessionId id);

    /** Changes the settings. When nothing changes, the version stays. The precondition applies to the session's own version. */
    SessionView change(OwnerId owner, SessionId id, UnaryOperator<Settings> change, Precondition precondition);

    /** Makes a temporary session and its conversation permanent; does nothing when they are. */
    SessionView makePermanent(OwnerId owner, SessionId id, Optional<Title> name);

    /** Deletes the session and cancels its unfinished turn. Purges its conversation if that is temporary and no other session uses it. */
    void delete(OwnerId owner, SessionId id);

    /** Cancels the unfinished turn and removes all messages, atomically with regard to starts of turns. */
    SessionView clear(OwnerId owner, SessionId id);

    /** Removes what has expired, and ends the turns of crashed instances, for all owners. Returns how many conversations changed. */
    int sweep();

    /**
     * Fails all running turns, whatever their leases say. Only for a storage that no other process can use, and before the first turn runs
     * here: then every running turn was left behind by a server that was killed. Returns how many there were.
     */
    int failOrphanedTurns();

    /**
     * @param conversation of the session; empty to create one
     * @param timeToLive {@link #MIN_TIME_TO_LIVE} to {@link #MAX_TIME_TO_LIVE}; empty for a permanent session
     */
    record Creation(RequestedId id, Optional<ConversationId> conversation, Optional<Duration> timeToLive,
            Settings settings) {
    }
}
