/**
 * The store on JSON files, for one process on one machine. {@link dev.confab.adapter.persistence.file.FileStore} is the only class that
 * other modules need, with its settings, its observer and the parts and problems that its health names. Commands of the jar
 * also use {@code repair} and {@code erasure}.
 *
 * <h2>The life of one append</h2>
 *
 * <ol>
 * <li>{@code FileStore.transact} waits until the journal has room, and then for the write permit of the conversation.
 * <li>It runs the transaction function on the newest state of the conversation: its head, sessions and turns are in memory, its messages in
 * memory or in its messages file.
 * <li>The resulting change is written as JSON, and the commit is queued for the journal; its caller waits.
 * <li>The journal's thread takes all queued commits, writes them as one line with a checksum, and forces the file once.
 * <li>For each of these commits it publishes the next state of the conversation, in which the message is in the tail; from here on readers
 * see it.
 * <li>It queues the commit for the search index, notes that the conversation needs a checkpoint, and tells the change feed.
 * <li>The caller continues, releases the write permit and returns: the append is durable.
 * <li>Later a checkpoint acquires the write permit, appends the message to the messages file and forces it, and replaces the head, which
 * says how much of that file is valid.
 * <li>When all conversations of the checkpoint are durable, the segments of the journal that held their commits are deleted.
 * <li>When a directory is opened, heads are read first, and then the commits of the journal that no head holds are repeated.
 * </ol>
 *
 * <h2>The data directory</h2>
 *
 * <pre>
 * confab.lock                       locked while a process has the directory open; names the process
 * format                            version of this format
 * highwater                         what of the journal must be there
 * keys.json                         all API keys
 * webhooks.json                     all webhooks
 * webhooks/&lt;id&gt;.json                cursors of a webhook
 * journal/00000001.jsonl            journal segments: a line for each batch of commits
 * conversations/&lt;id&gt;.json           head: the conversation, its sessions and turns, and how much of its messages file is valid
 * conversations/&lt;id&gt;.&lt;n&gt;.jsonl      messages file of generation n: a line for each message
 * index/                            search index of Lucene, derived from the above
 * quarantine/                       unreadable files and lines; the store deletes those that an owner's purge or erasure concerns
 * </pre>
 *
 * <p>Every line is {@code ["<CRC-32C>",<JSON>]}. The page {@code docs/file-format.md} has every record with an example.
 *
 * <p>The packages below depend on each other in this order: {@code disk}, {@code health}, {@code json}, {@code message}, {@code memory},
 * {@code journal}, {@code search}, {@code key}, {@code webhook}, {@code archive}, {@code checkpoint}, {@code recovery}, {@code repair},
 * {@code backup}, {@code erasure}; each uses only those before it. This package uses all but {@code archive} and {@code repair}, which work
 * without an open store. No rule of the domain belongs in any of them.
 */
@NullMarked
package dev.confab.adapter.persistence.file;

import org.jspecify.annotations.NullMarked;
