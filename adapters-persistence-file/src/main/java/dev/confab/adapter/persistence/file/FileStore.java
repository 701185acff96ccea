package dev.confab.adapter.persistence.file;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ChangeFeed;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.port.ListQuery;
import dev.confab.domain.port.OwnerEraser;
import dev.confab.domain.port.SearchHit;
import dev.confab.domain.port.SearchQuery;
import dev.confab.domain.port.Window;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Conversations in a directory of JSON files, for one process. */
@SuppressWarnings("DoNotCallSuggester")
public final class FileStore implements ConversationStore, ConversationReader, ChangeFeed, OwnerEraser, AutoCloseable {

    /** Opens the directory, making it when missing; {@link FileStoreCannotOpen} when it cannot be served. */
    public static FileStore open(FileStoreSettings settings, FileStoreObserver observer) {
        throw new UnsupportedOperationException();
    }

    /**
     * @param failure why nothing can be written any more; empty while all is well
     * @param damaged the conversations that could not be read and stand in quarantine
     * @param journalBytes not yet checkpointed
     */
    public record Health(Optional<String> failure, List<ConversationId> damaged, int conversations, long journalBytes) {
    }

    public Health health() {
        throw new UnsupportedOperationException();
    }

    @Override
    public <R> R transact(ConversationId id, Function<ConversationTransaction, R> work) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Conversation> find(ConversationId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<Conversation, ListQuery.Key> list(OwnerId owner, ListQuery query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ConversationWindow read(ConversationId id, Window window) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ConversationWindow read(ConversationId id, MessageId message) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Changes changesSince(ConversationId id, long version) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<SearchHit, SearchQuery.Key> search(OwnerId owner, SearchQuery query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Conversation> expired(Instant deletedBefore, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Subscription subscribe(Listener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int erase(OwnerId owner) {
        throw new UnsupportedOperationException();
    }

    /** Makes a checkpoint and lets the directory go. Works under way end first; later calls get {@code StorageUnavailable}. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
