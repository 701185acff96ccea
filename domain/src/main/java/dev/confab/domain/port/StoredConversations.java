package dev.confab.domain.port;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.query.StoredWindow;
import dev.confab.domain.query.Window;
import java.util.List;
import java.util.Optional;

/**
 * Reads everything that a store holds, of all owners, including what other readers do not see: for moving a store into another one and
 * for comparing the two.
 *
 * <p>Every call may throw {@link StorageUnavailable}. Inside a transaction function every call throws {@link IllegalStateException}.
 *
 * <ul>
 * <li><b>M1 whole</b>: Over the pages of {@link #ids} every conversation that exists all the while appears exactly once, in the order of
 * ids, whether it is live, in the bin or expired. A damaged one appears too, unless another owner than its own is asked for.
 * <li><b>M2 exact</b>: {@link #read} returns a conversation as it is stored, live, in the bin or expired, with its expired sessions.
 * Everything in one answer is from one commit, and every commit that was acknowledged before the call is in it (S5, S6).
 * <li><b>M3 restored</b>: What was read can be recorded in any other store in one transaction, by {@code Restoration}, and is then read
 * there as it was: every version, time and text, the bin, sessions and turns.
 * </ul>
 */
public interface StoredConversations {

    /**
     * At most {@code limit} ids in their order.
     *
     * @param owner whose; everyone's when empty
     * @param after the last id of the previous page
     */
    List<ConversationId> ids(Optional<OwnerId> owner, Optional<ConversationId> after, int limit);

    /** Empty when there is no such conversation. Throws {@link ConversationDamaged} if its data cannot be read. */
    Optional<StoredWindow> read(ConversationId id, Window window);
}
