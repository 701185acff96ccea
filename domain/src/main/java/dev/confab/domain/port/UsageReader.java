package dev.confab.domain.port;

import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.query.Usage;

/**
 * Says how much an owner has stored. It reads committed state, without waiting for any writer.
 *
 * <ul>
 * <li><b>U1 complete</b>: The usage counts all conversations of the owner, live, in the bin or expired, with all their messages as they
 * are now, and nothing of another owner. A purge, a truncation or an edit counts as what it leaves.
 * <li><b>U2 real time</b>: A usage that is read after {@code transact} has returned counts its commit, in every thread and in every instance
 * over the same storage. It survives a crash as the commits do.
 * <li><b>U3 outside</b>: Inside a transaction function the call throws {@link IllegalStateException}.
 * </ul>
 *
 * <p>Not promised: that the counts of several conversations are of one moment, and the bytes of a conversation that cannot be read or that an
 * earlier version of the store wrote, which may be an estimate.
 */
public interface UsageReader {
    /** @throws StorageUnavailable if the storage failed */
    Usage usage(OwnerId owner);
}
