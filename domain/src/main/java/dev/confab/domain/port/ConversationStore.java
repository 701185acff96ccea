package dev.confab.domain.port;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.query.Snippet;
import java.time.Instant;
import java.util.function.Function;

/**
 * The only port for writing. A conversation is the unit of consistency: {@code transact} loads one conversation, runs the transaction
 * function alone on it, and commits the recorded events, all or none.
 *
 * <p>The transaction function is the function passed to {@code transact}. A store may run it early, late, more than once, or in
 * one commit with others, as long as the outcomes equal those of some serial order (S3).
 *
 * <p>The following clauses are the contract of {@code transact} and of the readers. The module
 * {@code adapters-persistence-contract} tests each; the name of a test ends in the id of its clause. The first sentence of a clause
 * is its summary, which {@code docs/contract.md} repeats.
 *
 * <ul>
 * <li><b>S1 atomic</b>: The events of a transaction are committed together or not at all. If the transaction function throws,
 * nothing is recorded and the caller gets that exception unchanged.
 * <li><b>S2 durable</b>: After {@code transact} has returned, the commit survives a crash of the process or of the machine. A store
 * on a database refuses to start if the database does not guarantee this.
 * <li><b>S3 serial</b>: Concurrent transactions on one conversation have the same outcomes as in some serial order that agrees with
 * real time. This includes transactions that throw and transactions that record nothing. {@code transact} returns or throws only
 * after everything that the transaction function saw is committed. Of N concurrent appends, each is recorded exactly once, positions
 * have no gaps, and each version is assigned once. If transactions share a commit and one of them throws, only its own events are
 * discarded.
 * <li><b>S4 parallel</b>: Transactions that wait for one conversation, however many, do not delay transactions on other
 * conversations.
 * <li><b>S5 committed reads</b>: Readers see whole commits in the order of versions and never wait for writers. A reader never sees
 * part of a commit, and everything in one response is from the same version.
 * <li><b>S6 real time</b>: Every read that starts after {@code transact} has returned sees its commit, in every thread and in every
 * instance over the same storage.
 * <li><b>S7 precondition</b>: Of N transactions that expect the same version, at most one commits. If nothing else writes, exactly
 * one does. The others get {@code VersionConflict} with the version found.
 * <li><b>S8 bounded wait</b>: {@code transact} waits at most a configured time in addition to the time that the transaction function
 * itself takes. Internal retries count as waiting. If the conversation stays locked for that long, the caller gets {@link LockTimeout}
 * and nothing is recorded. An interrupt ends only the caller's own wait, and only before the transaction function starts; the caller
 * gets {@link LockTimeout} and its interrupt flag stays set.
 * <li><b>S9 repeatable</b>: A store may run a transaction function more than once before it returns a result. The function must have
 * no effects except through its transaction.
 * <li><b>S10 idempotent append</b>: Appending the same draft again with the same message id returns the stored message and records
 * nothing. This holds even if the message has been edited since. A different draft with the same id is rejected with
 * {@code MessageIdReused}; with the id of a removed message every draft is a repeat. The id is checked before the expected version. A batch of drafts is either all new or all repeated.
 * The id of a truncated message may be used again. Message ids are unique only within their conversation. Creating, forking and
 * importing a conversation with a given id are idempotent too: the same request returns the same conversation, a different request
 * with the same id is rejected with {@code ConversationIdReused}.
 * <li><b>S11 no aliasing</b>: Nothing that was passed to the store or returned by it can be changed from outside afterwards.
 * <li><b>S12 one conversation</b>: A transaction uses one conversation only. An event of another conversation is rejected with
 * {@link IllegalArgumentException}; a transaction or a read inside a transaction is rejected with {@link IllegalStateException}.
 * <li><b>S13 deletion</b>: A deleted conversation is invisible to reads, lists and search, and can only be restored or purged. An
 * append that is concurrent with the deletion either comes before it or fails with {@code ConversationNotFound}.
 * <li><b>S14 round trip</b>: Readers return exactly the state that {@code Conversation.apply} computes, for every kind of event and
 * message, for every text, and for every time. Of a removed message nothing is returned but its place and its times. The domain rejects U+0000 and unpaired surrogates, and times that are not whole
 * milliseconds of the years 1 to 9999.
 * <li><b>S15 failure</b>: An error tells the caller whether the transaction is recorded. After {@link StorageUnavailable} and
 * {@link LockTimeout} it is certainly not recorded; if the store cannot know, it throws {@link CommitOutcomeUnknown}. No
 * acknowledged commit is lost, and none is ever partly visible.
 * <li><b>S16 lists and search</b>: Lists and search reflect every commit and every deletion at once (S6, S13). Over the pages of a
 * listing, an unchanged conversation appears exactly once and a changed one at most once. Search finds the messages and titles that
 * {@link dev.confab.domain.query.SearchFilter its filter} admits and that {@link dev.confab.domain.query.SearchQuery#matches match} the
 * query, in the order of {@link dev.confab.domain.query.SearchQuery.Key}; a removed message is never found. Messages that are {@link
 * dev.confab.domain.query.SameMessage the same} in several live conversations that the filter admits are one hit: in the oldest of these
 * conversations, with the number of the others. Over the pages of a search, a message appears exactly once as long as the conversations
 * that hold it do not change. A page may be shorter than its limit and have a next one. {@link Snippet} makes the snippets. A store whose
 * index does not contain everything yet says so in the answer, which may then lack hits.
 * <li><b>S17 sessions and turns</b>: Changes of sessions and turns are committed in the same transaction, under the same clauses.
 * {@link SessionReader} returns the state that {@code Activity.apply} computes, from one commit and in real time; an unfinished turn
 * has the id of its reply. Deleting a
 * conversation hides its sessions and turns, purging removes them. They do not change the version of the conversation.
 * <li><b>S18 one turn at a time</b>: A conversation has at most one turn that runs or awaits an approval, and at most
 * ten that wait. Of N concurrent starts that do not wait exactly one succeeds; the
 * others get {@code TurnInProgress} with the id of that turn. A start that interrupts ends the unfinished turn and begins its own in one
 * commit, so a completion comes before both or is rejected. The prompt of a turn that has begun and is unfinished is always a message of its
 * live conversation, and not removed. A turn waits only while another one before it runs or awaits an approval: the commit that ends that one
 * begins the first that waits, in the order in which they were queued, and appends its messages. A turn that waits begins once, or ends
 * without having begun, never both.
 * <li><b>S19 fence</b>: Of concurrent attempts to end a turn, exactly one succeeds. The others are rejected. Nothing is recorded for a
 * turn that is finished or in another step.
 * <li><b>S20 expiry</b>: Readers do not return a session or a conversation whose time to live has ended, whether it has been swept
 * away or not. {@link SessionReader#expiredSessions} and {@link SessionReader#expiredLeases} return exactly the conversations that
 * are due.
 * <li><b>S21 staging</b>: A conversation that is created in several transactions is invisible to every reader until the last of them
 * commits, and then it is there as a whole. While it is staged ({@link dev.confab.domain.conversation.Conversation#isStaged}),
 * only transaction functions, {@link SessionReader#expiredSessions}, {@link StoredConversations} and {@link UsageReader} see it,
 * no webhook and no listener of the change feed is told of it, and its version stays.
 * </ul>
 *
 * <p>Not promised: an order between conversations, fairness between callers, and that a transaction function runs only once.
 */
public interface ConversationStore {

    /**
     * Runs the transaction function alone on the conversation and commits what it recorded.
     *
     * @return the result of the transaction function, after everything that it saw and recorded is committed
     * @throws LockTimeout if the conversation was locked for too long; nothing is recorded
     * @throws StorageUnavailable if the storage failed; nothing is recorded
     * @throws CommitOutcomeUnknown if everything or nothing is recorded, and the store cannot know which
     * @throws ConversationDamaged if the stored data of this conversation cannot be read
     * @throws dev.confab.domain.erasure.OwnerErased if the function created a conversation with a token that is too old; nothing is
     *     recorded
     * @throws IllegalStateException if called inside a transaction function
     */
    <R> R transact(ConversationId id, Function<ConversationTransaction, R> work);

    /**
     * The owner's token for a request that begins now and may create a conversation (E2 of {@link OwnerEraser}).
     *
     * @throws StorageUnavailable if the storage does not answer
     */
    FencingToken token(OwnerId owner);

    /** What {@link #removeDamaged} leaves. */
    enum Removal {
        /** Readers no longer find the conversation. Its remaining data stays in the storage. */
        DELETE,
        /** Nothing is left, and the id may be used again. */
        PURGE
    }

    /**
     * Removes a conversation after {@link #transact} has thrown {@link ConversationDamaged}: no transaction function can decide anything
     * about it. A store whose conversations cannot be damaged does nothing.
     *
     * @param at the time of the removal
     * @return false when there is no damaged conversation with this id that is certainly the owner's
     * @throws StorageException as {@link #transact}
     */
    default boolean removeDamaged(ConversationId id, OwnerId owner, Removal removal, Instant at) {
        return false;
    }
}
