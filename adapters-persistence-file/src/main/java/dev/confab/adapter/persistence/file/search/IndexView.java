package dev.confab.adapter.persistence.file.search;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.query.SearchQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;

/** What the index contains at one moment. */
public final class IndexView {
    private final IndexSearcher searcher;

    IndexView(IndexSearcher searcher) {
        this.searcher = searcher;
    }

    /**
     * A conversation of any owner that holds a message.
     *
     * @param content equal for {@link dev.confab.domain.query.SameMessage the same message} in other conversations
     */
    public record Copy(ConversationId conversation, long content) {
        /** Whether it is this message. */
        public boolean isOf(Message message) {
            return SearchDocuments.content(message) == content;
        }
    }

    /**
     * Up to {@code limit} candidates in order.
     *
     * @param labelled the conversations with the labels of the query, which the index does not know; empty when it names none
     * @param after the key of a hit: the candidates begin with the copies of its message, or after its title
     */
    public List<SearchQuery.Key> from(OwnerId owner, SearchQuery query, Optional<List<ConversationId>> labelled,
            Optional<SearchQuery.Key> after, int limit) throws IOException {
        return find(owner, query, labelled, after.map(Place::beforeCopies), limit);
    }

    /** The same; the candidates begin after all copies of the message of the key. */
    public List<SearchQuery.Key> after(OwnerId owner, SearchQuery query, Optional<List<ConversationId>> labelled,
            SearchQuery.Key last, int limit) throws IOException {
        return find(owner, query, labelled, Optional.of(Place.afterCopies(last)), limit);
    }

    private List<SearchQuery.Key> find(OwnerId owner, SearchQuery query, Optional<List<ConversationId>> labelled,
            Optional<Place> after, int limit) throws IOException {
        int documentCount = searcher.getIndexReader().maxDoc();
        if (documentCount == 0) {
            return List.of();
        }
        // The highest number: whatever document has the fields of this place is not after it.
        FieldDoc place = after.map(given -> SearchDocuments.position(given, documentCount - 1)).orElse(null);
        var hits = searcher.searchAfter(place, SearchDocuments.query(owner, query, labelled), limit,
                SearchDocuments.ORDER);
        return Arrays.stream(hits.scoreDocs).map(hit -> SearchDocuments.key((FieldDoc) hit)).toList();
    }

    /** The conversations that hold a message with this id. */
    public List<Copy> copies(MessageId message) throws IOException {
        var prefix = new BytesRef(message.toString() + SearchDocuments.KEY_SEPARATOR);
        var copies = new ArrayList<Copy>();
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            Terms keys = leaf.reader().terms(SearchDocuments.KEY);
            if (keys != null) {
                TermsEnum key = keys.iterator();
                for (var status = key.seekCeil(prefix); status != TermsEnum.SeekStatus.END
                        && StringHelper.startsWith(key.term(), prefix); status = next(key)) {
                    addLiving(leaf.reader(), key, prefix.length, copies);
                }
            }
        }
        return copies;
    }

    private static TermsEnum.SeekStatus next(TermsEnum keys) throws IOException {
        return keys.next() == null ? TermsEnum.SeekStatus.END : TermsEnum.SeekStatus.FOUND;
    }

    /** Of the documents with a key at most one is not deleted. */
    private static void addLiving(LeafReader reader, TermsEnum key, int prefixLength, List<Copy> copies)
            throws IOException {
        PostingsEnum documents = key.postings(null, PostingsEnum.NONE);
        NumericDocValues contents = reader.getNumericDocValues(SearchDocuments.CONTENT);
        for (int document = documents.nextDoc(); document != DocIdSetIterator.NO_MORE_DOCS; document = documents
                .nextDoc()) {
            boolean isLiving = reader.getLiveDocs() == null || reader.getLiveDocs().get(document);
            if (isLiving && contents != null && contents.advanceExact(document)) {
                String conversation = key.term().utf8ToString().substring(prefixLength);
                copies.add(new Copy(ConversationId.parse(conversation), contents.longValue()));
            }
        }
    }
}
