package dev.confab.application;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Precondition;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.query.Page;
import dev.confab.domain.query.SessionQuery;
import dev.confab.domain.query.SessionView;
import dev.confab.domain.session.Session.Settings;
import dev.confab.domain.session.SessionId;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Use cases on sessions. Every call that names a session throws {@code SessionNotFound} for one that is not the owner's or has
 * expired.
 */
public interface Sessions {
    /** The bounds of a temporary session's life. */
    Duration MIN_TIME_TO_LIVE = Duration.ofSeconds(60);
    Duration MAX_TIME_TO_LIVE = Duration.ofDays(7);
    Duration DEFAULT_TIME_TO_LIVE = Duration.ofHours(24);

    /**
     * Begins a session, which is then the owner's current one; without a conversation one is started with it, both or neither.
     * Repeatable when the request names an id or a key: the same request again gives the session as it is now, another
     * {@code SessionIdReused}.
     *
     * @throws dev.confab.domain.conversation.ConversationNotFound the conversation it names is not there for this owner
     * @throws dev.confab.domain.session.TooManySessions the conversation has enough
     */
    CreateResult<SessionView> create(OwnerId owner, Creation request);

    SessionView get(OwnerId owner, SessionId id);

    /** The one that began last first. */
    Page<SessionView, SessionQuery.Key> list(OwnerId owner, SessionQuery query);

    /** The owner's session activated last; empty without one. */
    Optional<SessionView> current(OwnerId owner);

    /** Makes it the current one. */
    SessionView activate(OwnerId owner, SessionId id);

    /** A change that changes nothing leaves the version as it was. The precondition is about the session's own version. */
    SessionView change(OwnerId owner, SessionId id, UnaryOperator<Settings> change, Precondition precondition);

    /** Temporary becomes permanent, and its conversation stays; again: nothing more happens. */
    SessionView makePermanent(OwnerId owner, SessionId id, Optional<Title> name);

    /** It is gone, its unfinished turn cancelled; a conversation that only it used, being temporary, goes with it. */
    void delete(OwnerId owner, SessionId id);

    /** Cancels an unfinished turn and removes all messages, as one step against any start of a turn. */
    SessionView clear(OwnerId owner, SessionId id);

    /** Sweeps away, of all owners, what has expired, and ends the turns whose runners are dead; returns how many conversations changed. */
    int sweep();

    /**
     * @param conversation to work in; empty to start one
     * @param timeToLive how long it lives, {@link #MIN_TIME_TO_LIVE} to {@link #MAX_TIME_TO_LIVE}; empty for a permanent session
     */
    record Creation(RequestedId id, Optional<ConversationId> conversation, Optional<Duration> timeToLive, Settings settings) {
    }
}
