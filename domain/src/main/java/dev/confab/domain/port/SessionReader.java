package dev.confab.domain.port;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.query.Page;
import dev.confab.domain.query.SessionQuery;
import dev.confab.domain.query.SessionView;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Reads sessions and turns: committed state only, and never a wait for a writer. The contract is {@link ConversationStore}'s,
 * clauses S17 to S20. A session that has expired at {@code now}, or whose conversation is in the bin or expired, is there for no one but
 * {@link #expiredSessions}; nor are turns of such a conversation.
 *
 * <p>Every call may throw {@link StorageUnavailable}, and {@link IllegalStateException} inside a work. The id of a session or a turn is
 * unique in its conversation only: of an owner's with the same id the one that began first is found, then the one of the lower
 * conversation.
 */
public interface SessionReader {

    Optional<SessionView> session(OwnerId owner, SessionId id, Instant now);

    /** The owner's sessions, the one that began last first. */
    Page<SessionView, SessionQuery.Key> sessions(OwnerId owner, SessionQuery query, Instant now);

    /** The owner's session that was activated last; of several at once the one with the highest id, then of the highest conversation. */
    Optional<SessionView> current(OwnerId owner, Instant now);

    Optional<Turn> turn(OwnerId owner, TurnId id, Instant now);

    /**
     * Sessions and turns of one moment, expired sessions left out.
     *
     * @throws ConversationNotFound when there is no live conversation
     */
    Activity activity(ConversationId id, Instant now);

    /** Of all owners: at most {@code limit} conversations, in the bin or not, that are expired or have an expired session. */
    List<ConversationId> expiredSessions(Instant now, int limit);

    /** Of all owners: at most {@code limit} conversations, in the bin or not, whose running turn's lease is over. */
    List<ConversationId> expiredLeases(Instant now, int limit);
}
