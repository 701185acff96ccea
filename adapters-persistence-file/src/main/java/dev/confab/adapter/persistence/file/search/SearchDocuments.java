package dev.confab.adapter.persistence.file.search;

import dev.confab.adapter.persistence.file.disk.FileDamaged;
import dev.confab.adapter.persistence.file.memory.ConversationEntry;
import dev.confab.adapter.persistence.file.memory.ConversationState;
import dev.confab.adapter.persistence.file.memory.ConversationTable;
import dev.confab.adapter.persistence.file.message.MessageReader;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.query.SameMessage;
import dev.confab.domain.query.SearchFilter;
import dev.confab.domain.query.SearchQuery;
import dev.confab.domain.terms.Phrases;
import dev.confab.domain.terms.Terms;
import dev.confab.domain.work.Change;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.IntPoint;
import org.apache.lucene.document.LongPoint;
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
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/**
 * The documents of the search index: one for each message and one for each title. A document has the terms and its place in the order
 * of hits; it has no text.
 */
record SearchDocuments(MessageReader messages) {
    /** Changes with the fields. */
    static final int VERSION = 3;
    /** The message's id, or nothing for a title, then the conversation's: all copies of a message are next to each other. */
    static final String KEY = "key";
    static final char KEY_SEPARATOR = '/';
    static final String OWNER = "owner";
    private static final String CONVERSATION = "conversation";
    private static final String MESSAGE = "message";
    private static final String POSITION = "position";
    private static final String ROLE = "role";
    private static final String AUTHOR = "author";
    private static final String CREATED_AT = "createdAt";
    static final String CONTENT = "content";
    private static final String TERMS = "terms";
    private static final FieldType TERMS_TYPE = new FieldType();

    static {
        TERMS_TYPE.setIndexOptions(IndexOptions.DOCS);
        TERMS_TYPE.setOmitNorms(true);
        TERMS_TYPE.freeze();
    }

    /** The order of {@link SearchQuery.Key}. The message of a title is the empty string, so it comes first. */
    static final Sort ORDER = new Sort(new SortField(CREATED_AT, SortField.Type.LONG, true),
            new SortField(MESSAGE, SortField.Type.STRING), new SortField(CONVERSATION, SortField.Type.STRING));

    static SearchQuery.Key key(FieldDoc hit) {
        String message = ((BytesRef) hit.fields[1]).utf8ToString();
        return new SearchQuery.Key(Instant.ofEpochMilli((Long) hit.fields[0]),
                ConversationId.parse(((BytesRef) hit.fields[2]).utf8ToString()),
                message.isEmpty() ? Optional.empty() : Optional.of(MessageId.parse(message)));
    }

    /** A place in the order, as Lucene takes it. */
    static FieldDoc position(Place place, int document) {
        return new FieldDoc(document, Float.NaN, new Object[]{place.createdAt().toEpochMilli(),
                new BytesRef(place.message()), new BytesRef(place.conversation())});
    }

    /** @param labelled the conversations with the labels of the query; empty when it names none */
    static Query query(OwnerId owner, SearchQuery search, Optional<List<ConversationId>> labelled) {
        var query = new BooleanQuery.Builder();
        query.add(new TermQuery(new Term(OWNER, owner.value())), Occur.FILTER);
        addFilter(query, search.filter());
        labelled.ifPresent(ids -> query.add(new TermInSetQuery(CONVERSATION,
                ids.stream().map(id -> new BytesRef(id.toString())).toList()), Occur.FILTER));
        Phrases phrases = search.phrases();
        for (String term : phrases.terms()) {
            query.add(new TermQuery(new Term(TERMS, term)), Occur.FILTER);
        }
        phrases.prefix().ifPresent(prefix -> query.add(new PrefixQuery(new Term(TERMS, prefix)), Occur.FILTER));
        return query.build();
    }

    private static void addFilter(BooleanQuery.Builder query, SearchFilter filter) {
        filter.conversation().ifPresent(id -> query.add(new TermQuery(conversation(id)), Occur.FILTER));
        filter.role().ifPresent(role -> query.add(new TermQuery(new Term(ROLE, role.name())), Occur.FILTER));
        filter.author().ifPresent(author -> query.add(new TermQuery(new Term(AUTHOR, author.name())), Occur.FILTER));
        if (filter.from().isPresent() || filter.to().isPresent()) {
            query.add(
                    LongPoint.newRangeQuery(CREATED_AT, filter.from().map(Instant::toEpochMilli).orElse(Long.MIN_VALUE),
                            filter.to().map(time -> time.toEpochMilli() - 1).orElse(Long.MAX_VALUE)),
                    Occur.FILTER);
        }
    }

    /** Changes the index as the commit changed the conversation. It may be repeated or come late. */
    void update(IndexWriter writer, Change change, ConversationTable table) throws IOException {
        Optional<Conversation> before = change.before().filter(head -> !head.isDeleted() && !change.purges());
        Optional<Conversation> after = change.after().filter(head -> !head.isDeleted());
        if (after.isEmpty()) {
            writer.deleteDocuments(conversation(change.id()));
        } else if (before.isPresent()) {
            update(writer, change, before.get(), after.get());
        } else {
            reindex(writer, change.id(), table);
        }
    }

    private static void update(IndexWriter writer, Change change, Conversation before, Conversation head)
            throws IOException {
        if (change.keptCount() < before.messageCount()) {
            writer.deleteDocuments(new BooleanQuery.Builder().add(new TermQuery(conversation(head.id())), Occur.FILTER)
                    .add(IntPoint.newRangeQuery(POSITION, change.keptCount() + 1, Integer.MAX_VALUE), Occur.FILTER)
                    .build());
        }
        for (List<Message> changed : List.of(change.edited(), change.appended())) {
            for (Message message : changed) {
                writer.updateDocument(keyTerm(head, message.id().toString()), document(head, message));
            }
        }
        if (!before.title().equals(head.title())) {
            writer.deleteDocuments(keyTerm(head, ""));
            addTitle(writer, head);
        }
    }

    /** Indexes the conversation again, as it is now. A commit that happens meanwhile comes again through the queue. */
    void reindex(IndexWriter writer, ConversationId id, ConversationTable table) throws IOException {
        writer.deleteDocuments(conversation(id));
        Optional<ConversationEntry> entry = table.find(id).filter(found -> !found.isDamaged());
        if (entry.isEmpty()) {
            return;
        }
        ConversationState state = entry.get().state();
        try {
            addAll(writer, state);
        } catch (FileDamaged e) {
            entry.get().markDamaged(e.reason());
        } catch (IOException e) {
            if (entry.get().state().messages().file().equals(state.messages().file())) {
                throw e;
            }
            // A checkpoint has replaced the file meanwhile: once more, with the state as it is now.
            reindex(writer, id, table);
        }
    }

    private void addAll(IndexWriter writer, ConversationState state) throws IOException {
        Optional<Conversation> live = state.head().filter(head -> !head.isDeleted());
        if (live.isPresent()) {
            addTitle(writer, live.get());
            messages.visitAll(live.get().id(), state.messages(), message -> {
                writer.addDocument(document(live.get(), message));
                return true;
            });
        }
    }

    private static void addTitle(IndexWriter writer, Conversation head) throws IOException {
        if (head.title().isPresent()) {
            writer.addDocument(document(head, "", head.createdAt(), head.title().get().value()));
        }
    }

    private static Term conversation(ConversationId id) {
        return new Term(CONVERSATION, id.toString());
    }

    /** Finds one document: of the message with this id, or of the title when it is empty. */
    private static Term keyTerm(Conversation head, String message) {
        return new Term(KEY, message + KEY_SEPARATOR + head.id());
    }

    /** Equal for the {@link SameMessage same messages}; for two others with one id the probability is 1 in 2^64. */
    static long content(Message message) {
        var same = SameMessage.of(message);
        return ByteBuffer.wrap(Digest.of("content").field(same.createdAt().toString()).field(same.role().name())
                .field(same.author()).field(same.text()).build().bytes()).getLong();
    }

    private static Document document(Conversation head, Message message) {
        Document document = document(head, message.id().toString(), message.createdAt(), message.text());
        document.add(new IntPoint(POSITION, message.position()));
        document.add(new NumericDocValuesField(CONTENT, content(message)));
        document.add(new StringField(ROLE, message.role().name(), Field.Store.NO));
        message.author().ifPresent(author -> document.add(new StringField(AUTHOR, author.name(), Field.Store.NO)));
        return document;
    }

    private static Document document(Conversation head, String message, Instant createdAt, String text) {
        String id = head.id().toString();
        var document = new Document();
        document.add(new StringField(KEY, keyTerm(head, message).text(), Field.Store.NO));
        document.add(new StringField(OWNER, head.owner().value(), Field.Store.NO));
        document.add(new StringField(CONVERSATION, id, Field.Store.NO));
        document.add(new SortedDocValuesField(CONVERSATION, new BytesRef(id)));
        document.add(new SortedDocValuesField(MESSAGE, new BytesRef(message)));
        document.add(new NumericDocValuesField(CREATED_AT, createdAt.toEpochMilli()));
        document.add(new LongPoint(CREATED_AT, createdAt.toEpochMilli()));
        document.add(new Field(TERMS, new TermStream(Terms.of(text).iterator()), TERMS_TYPE));
        return document;
    }

    /** The terms of the domain as a token stream of Lucene. */
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
