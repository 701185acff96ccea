/**
 * The store on PostgreSQL: many users, and many instances over one database.
 * {@link dev.confab.adapter.persistence.jpa.JpaStore} opens it and gives out the ports. Nothing here knows the use
 * cases or HTTP.
 *
 * <h2>The life of an append</h2>
 * <ol>
 * <li>{@code queue.TransactionRunner} enters the queue of the conversation; the caller waits for the write permit, at
 * most the lock timeout.</li>
 * <li>With the permit it takes the latest known state of the conversation's row: from changes that wait for their
 * commit, from the cache of remembered rows, or from the database.</li>
 * <li>The function runs on the caller's thread, without a connection, over a {@code TransactionView};
 * {@code UnitOfWork} checks each event and returns the net change.</li>
 * <li>The view assumes that the id of the new message is not stored yet, so an append of a remembered conversation
 * reads nothing.</li>
 * <li>The change joins the last batch of the queue that is not being committed yet; the caller releases the permit
 * and waits for the outcome, and the next function runs over the pending change.</li>
 * <li>A writer thread takes the batch and a connection, and sends one statement: it updates the conversation's row if
 * the row still has the known life and revision, inserts the messages, and is a transaction of its own.</li>
 * <li>If the statement updates no row, another instance was faster: the functions of the batch, and of the batches
 * built on it, run again; after three lost races a function runs with the row locked.</li>
 * <li>If a message id turns out to be stored already, they run again and look ids up; if the connection is lost during the
 * commit, the callers get {@code CommitOutcomeUnknown}.</li>
 * <li>After the commit the row is remembered, and the feed calls this instance's listeners and queues a hint for the
 * other instances.</li>
 * <li>The callers get their results, and the thread commits the next batch; some milliseconds later one notification
 * carries the gathered hints to the other instances.</li>
 * </ol>
 *
 * <h2>The tables</h2>
 * <dl>
 * <dt>{@code conversation}</dt>
 * <dd>One row a conversation, which every commit updates. {@code life} distinguishes conversations that had the same
 * id one after another, {@code revision} counts commits, {@code changed_in} is the transaction that wrote the row
 * last, for the change feed's poll. The other columns are the head; {@code title_terms} are the search terms of the
 * title.</dd>
 * <dt>{@code message}</dt>
 * <dd>One row a message, at positions 1 to {@code message_count} without a gap. An id is unique within its
 * conversation. {@code weight} is the message's size in an answer, {@code terms} are its search terms before a mark of
 * the owner, and {@code terms_version} is the version of the tokenizer that made them.</dd>
 * <dt>{@code session}, {@code turn}</dt>
 * <dd>One row each, ordered by {@code ordinal} within the conversation. A conversation has at most one unfinished
 * turn. Context variables and tool rounds are JSON, stored as text to keep every character.</dd>
 * <dt>{@code api_key}</dt>
 * <dd>One row an API key, with the SHA-256 of its secret.</dd>
 * <dt>{@code webhook}, {@code webhook_cursor}</dt>
 * <dd>One row a webhook, with the instance that delivers it, and one row for each conversation of which it has received an event.</dd>
 * <dt>{@code secret}</dt>
 * <dd>The random secrets, created with the schema: one signs cursors, one makes the digests of erased owners.</dd>
 * <dt>{@code erased_owner}</dt>
 * <dd>One row an owner who was erased in the last week, without the owner's name.</dd>
 * </dl>
 *
 * <p>Flyway creates and migrates the tables; a migration that has been released is never changed. Messages,
 * sessions and turns are written only by a statement that also writes their conversation's row, and they are deleted
 * with it.
 *
 * <p>{@code queue} runs functions and batches their commits, {@code commit} contains the SQL of writers, {@code read}
 * the read ports, {@code feed} the change feed, {@code key} the API keys, {@code webhook} the webhooks, {@code erasure}
 * the fence of erasures, {@code search} the rewriting of search terms, {@code row} the mapping of rows, and {@code database} the schema and the meaning of errors.
 */
@NullMarked
package dev.confab.adapter.persistence.jpa;

import org.jspecify.annotations.NullMarked;
