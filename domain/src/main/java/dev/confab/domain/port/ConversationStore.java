package dev.confab.domain.port;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.query.Snippet;
import java.util.function.Function;

/**
 * The one write port. A conversation is the unit of consistency, so the port names it up front: {@code transact} loads the
 * conversation, runs the work alone on it, and commits the events the work recorded, all or none.
 *
 * <p>A store may run a work early, late, twice or together with others, as long as the outcomes equal a serial order (S3).
 * The clauses below bind {@code transact} and {@link ConversationReader} alike; the module
 * {@code adapters-persistence-contract} tests each under its id.
 *
 * <ul>
 * <li><b>S1 atomic</b>: what a work records is committed together or not at all; what it throws leaves nothing behind and
 * reaches the caller unchanged.
 * <li><b>S2 durable</b>: once {@code transact} returns, the commit survives the death of the process and of the machine. A store
 * on a database refuses to start when the database does not promise that.
 * <li><b>S3 serial</b>: outcomes, exceptions and works that record nothing included, equal some serial order of the works on one
 * conversation, consistent with real time. An outcome is released only after everything it saw is committed. N concurrent
 * appends: all land, none twice, positions dense, each version handed out once. Where works share a commit, one work's throw
 * drops only its own records.
 * <li><b>S4 parallel</b>: works held up on one conversation, however many, delay no work on another.
 * <li><b>S5 committed reads</b>: a reader sees whole commits in version order, never part of one, and never waits for a writer; a
 * window is one moment.
 * <li><b>S6 real time</b>: what a returned {@code transact} committed, every later read sees, in every thread and every instance
 * over the same storage.
 * <li><b>S7 precondition</b>: of N works that expect the same version at most one commits (exactly one if nothing else does); the
 * others get {@code VersionConflict} with the version found.
 * <li><b>S8 bounded wait</b>: {@code transact} returns within a configured time beyond the work's own, retries included. A work that
 * could not get its conversation gets {@link LockTimeout} and has recorded nothing. An interrupt ends only the caller's own
 * wait, before its work is taken up, with {@link LockTimeout}, and stays set.
 * <li><b>S9 repeatable</b>: a work may run more than once before an outcome is released; it must have no effect but through the
 * transaction.
 * <li><b>S10 idempotent append</b>: the same message id with the same original draft gives the message stored first and records
 * nothing, also after it was edited; with another draft, {@code MessageIdReused}. The check comes before {@code expect}. A batch
 * is wholly new or wholly repeated. The id of a truncated message may be used again. Ids are scoped to the conversation. Create,
 * fork and import by id: the same request gives the same answer, another {@code ConversationIdReused}.
 * <li><b>S11 no aliasing</b>: nothing handed in or out can be changed from outside afterwards.
 * <li><b>S12 one conversation</b>: an event of another conversation is refused ({@link IllegalArgumentException}); a transaction or
 * a read within a transaction is refused ({@link IllegalStateException}).
 * <li><b>S13 deletion</b>: a deleted conversation is invisible to reads, lists and search and refuses every change but restore and
 * purge; an append racing a delete ends as exactly one of: before it, or {@code ConversationNotFound}.
 * <li><b>S14 round trip</b>: after each event, what readers give equals the domain's {@code apply}, for every kind of event and
 * message and the hardest text; U+0000 and lone surrogates are refused at the domain's edge.
 * <li><b>S15 failure</b>: {@link StorageUnavailable} and {@link LockTimeout} mean certainly not recorded. When the outcome cannot be
 * known: {@link CommitOutcomeUnknown}. No acknowledged commit is lost, none is seen half.
 * <li><b>S16 lists and search</b>: obey S6 and S13 at once. Over the pages of one listing an unchanged conversation appears exactly
 * once, a changed one at most once. Search: messages that contain all the query's terms, newest first (then conversation, then
 * message id); snippets are made by {@link Snippet}.
 * <li><b>S17 sessions and turns</b>: what happens to them is recorded with all else of a work, or not at all, under the same
 * clauses; {@link SessionReader} gives back what {@code Activity.apply} makes of it, of one moment, in real time. A conversation in the
 * bin hides them, a purge takes them away. They count no version of the conversation.
 * <li><b>S18 one unfinished turn</b>: of N concurrent starts of a turn exactly one begins, the others get {@code TurnInProgress} with its
 * id; an unfinished turn's prompt is always a message of its live conversation.
 * <li><b>S19 fence</b>: of concurrent ends of a turn exactly one happens, the others are refused; nothing is written for a turn that is
 * over or in another step.
 * <li><b>S20 expiry</b>: from the end of its time to live on, no reader returns an expired session or conversation, swept or not; {@link SessionReader#expiredSessions} and
 * {@link SessionReader#expiredLeases} name all that is due, and nothing else.
 * </ul>
 *
 * <p>Not promised: any order between conversations, fairness between callers, and that a work runs only once.
 */
public interface ConversationStore {

    /**
     * Runs the work alone on the conversation and commits what it recorded.
     *
     * @return what the work returned, once everything it saw and recorded is committed
     * @throws LockTimeout the conversation was busy for too long; nothing is recorded
     * @throws StorageUnavailable nothing is recorded
     * @throws CommitOutcomeUnknown all of it is recorded, or none
     * @throws ConversationDamaged what is stored of this conversation cannot be read
     * @throws IllegalStateException when called inside a work
     */
    <R> R transact(ConversationId id, Function<ConversationTransaction, R> work);
}
