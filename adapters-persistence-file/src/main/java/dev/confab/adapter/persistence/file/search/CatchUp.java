package dev.confab.adapter.persistence.file.search;

import dev.confab.adapter.persistence.file.health.IndexProgress;
import dev.confab.adapter.persistence.file.memory.ConversationEntry;
import dev.confab.adapter.persistence.file.memory.ConversationTable;
import dev.confab.domain.conversation.Conversation;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.apache.lucene.index.IndexWriter;

/**
 * Indexes the conversations that changed after the last commit that the stored index contains; only the index's thread uses it.
 *
 * <p>Why it may stop anywhere: it goes through the conversations in the order of their last commits, as they were when it began. So after each
 * of them the index contains all commits up to that one's ({@link #contained}), and a later start continues from there. A conversation
 * that changes meanwhile is indexed as it is when its turn comes, and its commits come again through the queue, which is always worked off
 * before the index is made durable.
 */
final class CatchUp {
    /** A conversation, and its last commit when the catching up began. */
    private record Behind(ConversationEntry entry, long commit) {
        int messages() {
            return entry.state().head().map(Conversation::messageCount).orElse(0);
        }
    }

    private final SearchDocuments documents;
    private final ConversationTable table;
    private final Deque<Behind> behind;
    private final int total;
    private long contained;

    /** @param contained the last commit that the stored index contains */
    CatchUp(SearchDocuments documents, ConversationTable table, long contained) {
        this.documents = documents;
        this.table = table;
        this.contained = contained;
        List<Behind> sorted = table.all().stream().map(entry -> new Behind(entry, entry.state().commit()))
                .filter(found -> found.commit > contained).sorted(Comparator.comparingLong(Behind::commit)).toList();
        this.behind = new ArrayDeque<>(sorted);
        this.total = sorted.size();
    }

    /** Indexes the next conversations, as long as they have at most so many messages together. */
    void indexUpTo(IndexWriter writer, int messages) throws IOException {
        int left = messages;
        while (!behind.isEmpty() && behind.getFirst().messages() <= left) {
            left -= behind.getFirst().messages();
            indexNext(writer);
        }
    }

    /** Indexes the next conversation, of whatever length. */
    void indexNext(IndexWriter writer) throws IOException {
        Behind next = behind.getFirst();
        documents.reindex(writer, next.entry.id(), table);
        contained = Math.max(contained, next.commit);
        behind.removeFirst();
    }

    boolean isDone() {
        return behind.isEmpty();
    }

    /** The last commit up to which the index contains all. */
    long contained() {
        return contained;
    }

    IndexProgress progress() {
        return new IndexProgress(total - behind.size(), total);
    }
}
