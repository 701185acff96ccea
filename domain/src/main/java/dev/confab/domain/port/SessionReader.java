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
 * Reads sessions and turns: committed state only, without waiting for writers. The contract is in {@link ConversationStore}, clauses
 * S17 to S20. Sessions that have expired at {@code now} are invisible. If a conversation is deleted or has expired, all its sessions
 * and turns are invisible. Only {@link #expiredSessions} and {@link #expiredLeases} take them into account.
 *
 * <p>Every call may throw {@link StorageUnavailable}. Inside a transaction function every call throws {@link IllegalStateException}.
 *
 * <p>The id of a session or a turn is unique only within its conversation. If an owner has several with the same id, the earliest is
 * returned, and of those of the same time the one in the conversation with the lowest id.
 */
public interface SessionReader {

    /** The owner's session with this id, and its latest turn. */
    Optional<SessionView> session(OwnerId owner, SessionId id, Instant now);

    /** One page of the owner's sessions, the latest first. */
    Page<SessionView, SessionQuery.Key> sessions(OwnerId owner, SessionQuery query, Instant now);

    /** The owner's session that was activated last; of several the one with the highest id, then with the highest conversation id. */
    Optional<SessionView> current(OwnerId owner, Instant now);

    /** The owner's turn with this id. */
    Optional<Turn> turn(OwnerId owner, TurnId id, Instant now);

    /** The unexpired sessions and all turns of a conversation, from one commit. Throws {@link ConversationNotFound}. */
    Activity activity(ConversationId id, Instant now);

    /** At most {@code limit} conversations, of all owners, live or deleted, that have expired or have an expired session. */
    List<ConversationId> expiredSessions(Instant now, int limit);

    /** At most {@code limit} conversations, of all owners, live or deleted, with a running turn whose lease has expired. */
    List<ConversationId> expiredLeases(Instant now, int limit);
}
