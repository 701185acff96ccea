package dev.confab.adapter.persistence.file;

import dev.confab.adapter.persistence.file.HeadFile.Damaged;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Terms;
import dev.confab.domain.query.SearchQuery;
import dev.confab.domain.work.Change;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.IntPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/** What stands in the search index: a document a message and one a title, with its terms and its place in the order; no text. */
record SearchDocuments(MessageAccess messages) {
    private static final String KEY = "key";
    private static final String OWNER = "owner";
    private static final String CONVERSATION = "conversation";
    private static final String MESSAGE = "message";
    private static final String POSITION = "position";
    private static final String CREATED_AT = "createdAt";
    private static final String TERMS = "terms";
    private static final int BLOCK = 500;
    private static final FieldType TERMS_TYPE = new FieldType();

    static {
        TERMS_TYPE.setIndexOptions(IndexOptions.DOCS);
        TERMS_TYPE.setOmitNorms(true);
        TERMS_TYPE.freeze();
    }

    /** The order of {@link SearchQuery.Key}; a title's message is the empty string, so it comes first. */
    static final Sort ORDER = new Sort(new SortField(CREATED_AT, SortField.Type.LONG, true),
            new SortField(CONVERSATION, SortField.Type.STRING), new SortField(MESSAGE, SortField.Type.STRING));

    /** Where a document stands in the order; that is all that is read from the index. */
    record Place(Instant createdAt, ConversationId conversation, Optional<MessageId> message) {
        static Place of(FieldDoc hit) {
            String message = ((BytesRef) hit.fields[2]).utf8ToString();
            return new Place(Instant.ofEpochMilli((Long) hit.fields[0]),
                    ConversationId.parse(((BytesRef) hit.fields[1]).utf8ToString()),
                    message.isEmpty() ? Optional.empty() : Optional.of(MessageId.parse(message)));
        }

        static Place of(SearchQuery.Key key) {
            return new Place(key.createdAt(), key.conversation(), key.message());
        }

        FieldDoc toFieldDoc(int document) {
            return new FieldDoc(document, Float.NaN, new Object[]{createdAt.toEpochMilli(),
                    new BytesRef(conversation.toString()), new BytesRef(message.map(MessageId::toString).orElse(""))});
        }
    }

    static Query query(OwnerId owner, SearchQuery search) {
        var query = new BooleanQuery.Builder();
        query.add(new TermQuery(new Term(OWNER, owner.value())), Occur.FILTER);
        search.conversation().ifPresent(
                id -> query.add(new TermQuery(new Term(CONVERSATION, id.toString())), Occur.FILTER));
        List<String> terms = search.terms();
        for (String term : terms) {
            boolean prefix = search.prefix() && term.equals(terms.getLast());
            Term wanted = new Term(TERMS, term);
            query.add(prefix ? new PrefixQuery(wanted) : new TermQuery(wanted), Occur.FILTER);
        }
        return query.build();
    }

    /** Brings the index from before the change to after it. Repeating it, or doing it late, does no harm. */
    void update(IndexWriter writer, Change change, Slots slots) throws IOException {
        boolean wasLive = change.before().filter(head -> !head.isDeleted()).isPresent();
        Optional<Conversation> live = change.after().filter(head -> !head.isDeleted());
        if (live.isEmpty()) {
            writer.deleteDocuments(conversation(change.id()));
        } else if (!wasLive) {
            reindex(writer, change.id(), slots);
        } else {
            update(writer, change, live.get());
        }
    }

    private static void update(IndexWriter writer, Change change, Conversation head) throws IOException {
        Conversation before = change.before().orElseThrow();
        if (change.kept() < before.messageCount()) {
            writer.deleteDocuments(new BooleanQuery.Builder().add(new TermQuery(conversation(head.id())), Occur.FILTER)
                    .add(IntPoint.newRangeQuery(POSITION, change.kept() + 1, Integer.MAX_VALUE), Occur.FILTER).build());
        }
        for (List<Message> changed : List.of(change.edited(), change.appended())) {
            for (Message message : changed) {
                Document document = of(head, message);
                writer.updateDocument(new Term(KEY, key(head.id(), message.id().toString())), document);
            }
        }
        if (change.events().stream().anyMatch(ConversationEvent.ConversationRenamed.class::isInstance)) {
            Term key = new Term(KEY, key(head.id(), ""));
            if (head.title().isPresent()) {
                writer.updateDocument(key, titleOf(head));
            } else {
                writer.deleteDocuments(key);
            }
        }
    }

    /** Indexes the conversation anew, as it is now. A change that comes while it runs comes again through the queue. */
    void reindex(IndexWriter writer, ConversationId id, Slots slots) throws IOException {
        Optional<Slot> slot = slots.find(id).filter(found -> found.damage.isEmpty());
        while (slot.isPresent()) {
            State state = slot.get().state;
            writer.deleteDocuments(conversation(id));
            if (state.head().filter(head -> !head.isDeleted()).isEmpty()) {
                return;
            }
            try {
                addAll(writer, id, state);
                return;
            } catch (IOException e) {
                if (slot.get().state.file().equals(state.file())) {
                    throw e;
                }
                // A checkpoint has replaced the file meanwhile.
            } catch (Damaged e) {
                slot.get().damage(e.reason());
                return;
            }
        }
        writer.deleteDocuments(conversation(id));
    }

    private void addAll(IndexWriter writer, ConversationId id, State state) throws IOException, Damaged {
        Conversation head = state.head().orElseThrow();
        var block = new ArrayList<Document>();
        if (head.title().isPresent()) {
            block.add(titleOf(head));
        }
        messages.upwards(id, state, 1, state.messageCount(), message -> {
            block.add(of(head, message));
            if (block.size() >= BLOCK) {
                add(writer, block);
            }
            return true;
        });
        add(writer, block);
    }

    private static void add(IndexWriter writer, List<Document> block) throws IOException {
        for (Document document : block) {
            writer.addDocument(document);
        }
        block.clear();
    }

    private static Term conversation(ConversationId id) {
        return new Term(CONVERSATION, id.toString());
    }

    private static String key(ConversationId id, String message) {
        return id + "/" + message;
    }

    private static Document of(Conversation head, Message message) {
        Document document = document(head, message.id().toString(), message.createdAt(), message.text());
        document.add(new IntPoint(POSITION, message.position()));
        return document;
    }

    private static Document titleOf(Conversation head) {
        return document(head, "", head.createdAt(), head.title().orElseThrow().value());
    }

    private static Document document(Conversation head, String message, Instant createdAt, String text) {
        String id = head.id().toString();
        var document = new Document();
        document.add(new StringField(KEY, key(head.id(), message), Field.Store.NO));
        document.add(new StringField(OWNER, head.owner().value(), Field.Store.NO));
        document.add(new StringField(CONVERSATION, id, Field.Store.NO));
        document.add(new SortedDocValuesField(CONVERSATION, new BytesRef(id)));
        document.add(new SortedDocValuesField(MESSAGE, new BytesRef(message)));
        document.add(new NumericDocValuesField(CREATED_AT, createdAt.toEpochMilli()));
        document.add(new Field(TERMS, new TermStream(Terms.of(text).iterator()), TERMS_TYPE));
        return document;
    }

    /** The domain's terms as Lucene wants them. */
    private static final class TermStream extends TokenStream {
        private final Iterator<String> terms;
        private final CharTermAttribute attribute = addAttribute(CharTermAttribute.class);

        TermStream(Iterator<String> terms) {
            this.terms = terms;
        }

        @Override
        public boolean incrementToken() {
            if (!terms.hasNext()) {
                return false;
            }
            clearAttributes();
            attribute.append(terms.next());
            return true;
        }
    }
}
