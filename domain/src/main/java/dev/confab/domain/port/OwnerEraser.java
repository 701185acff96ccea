package dev.confab.domain.port;

import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.erasure.Erased;

/**
 * Erases everything that an owner has. This concerns many conversations, so it is a port of its own.
 *
 * <ul>
 * <li><b>E1 complete</b>: After {@code erase} has returned, no call of any port finds anything of the owner, whether it was live, in
 * the bin or damaged. The counts say what this call removed.
 * <li><b>E2 fence</b>: A transaction that creates a conversation records nothing and throws {@code OwnerErased} if its token ({@link
 * ConversationTransaction#expectNotErased}) is older than the erasure, in every instance and however late it comes, as long as the
 * process of the request lives. With a token that was taken after {@code erase} has returned, the owner may create conversations again.
 * <li><b>E3 repeatable</b>: Erasing again removes what is left, also after a {@link StorageException} and when several erasures of one
 * owner run at once. Each conversation is counted once.
 * <li><b>E4 others</b>: An erasure leaves the data of other owners unchanged and refuses none of their transactions.
 * <li><b>E5 durable</b>: After {@code erase} has returned, no crash brings anything back.
 * </ul>
 */
public interface OwnerEraser {
    /**
     * Purges all conversations of the owner, each in its own transaction, and then removes from the files of the storage what they left
     * there. After a {@link StorageException} some may be purged, and the fence may stand; call it again.
     */
    Erased erase(OwnerId owner);
}
