package dev.confab.adapter.persistence.jpa;

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
import javax.sql.DataSource;
import org.hibernate.SessionFactory;

/**
 * Conversations in a PostgreSQL database, for many instances: the four ports over {@link Writes}, {@link JpaReads} and
 * {@link PostgresFeed}.
 */
public final class JpaStore implements ConversationStore, ConversationReader, ChangeFeed, OwnerEraser, AutoCloseable {
    private static final int ERASE_PAGE = 100;

    private final Connections connections;
    private final SessionFactory sessions;
    private final PostgresFeed feed;
    private final Committers committers;
    private final Writes writes;
    private final JpaReads reads;

    /** Connects and brings the schema up to date; {@link DatabaseCannotServe} when the database cannot be used. */
    public static JpaStore open(JpaStoreSettings settings, JpaStoreObserver observer) {
        var unpooled = Connections.unpooled(settings);
        DurabilityCheck.check(unpooled);
        Schema.migrate(unpooled);
        var connections = Connections.open(settings);
        return new JpaStore(settings, observer, connections, connections.writes());
    }

    /** @param writing the connections for writes, perhaps made to fail */
    JpaStore(JpaStoreSettings settings, JpaStoreObserver observer, Connections connections, DataSource writing) {
        this.connections = connections;
        this.sessions = EntityManagers.create(connections.reads());
        this.feed = PostgresFeed.open(settings);
        this.committers = new Committers(writing, settings.writeConnections(), settings.lockTimeout());
        var commits = new Commits(committers, settings.rememberedHeads(), feed::committed, observer);
        this.writes = new Writes(committers, commits, new StoredRows(sessions), settings.lockTimeout(), observer);
        this.reads = new JpaReads(sessions);
    }

    @Override
    public <R> R transact(ConversationId id, Function<ConversationTransaction, R> work) {
        return writes.transact(id, work);
    }

    @Override
    public Subscription subscribe(Listener listener) {
        return feed.subscribe(listener);
    }

    @Override
    public Optional<Conversation> find(ConversationId id) {
        return reads.find(id);
    }

    @Override
    public Page<Conversation, ListQuery.Key> list(OwnerId owner, ListQuery query) {
        return reads.list(owner, query);
    }

    @Override
    public ConversationWindow read(ConversationId id, Window window) {
        return reads.read(id, window);
    }

    @Override
    public ConversationWindow read(ConversationId id, MessageId message) {
        return reads.read(id, message);
    }

    @Override
    public Changes changesSince(ConversationId id, long version) {
        return reads.changesSince(id, version);
    }

    @Override
    public Page<SearchHit, SearchQuery.Key> search(OwnerId owner, SearchQuery query) {
        return reads.search(owner, query);
    }

    @Override
    public List<Conversation> expired(Instant deletedBefore, int limit) {
        return reads.expired(deletedBefore, limit);
    }

    @Override
    public int erase(OwnerId owner) {
        int erased = 0;
        List<ConversationId> page = reads.ofOwner(owner, ERASE_PAGE);
        while (!page.isEmpty()) {
            for (ConversationId conversation : page) {
                erased += transact(conversation, tx -> erase(tx, owner)) ? 1 : 0;
            }
            page = reads.ofOwner(owner, ERASE_PAGE);
        }
        return erased;
    }

    private static boolean erase(ConversationTransaction tx, OwnerId owner) {
        Optional<Conversation> found = tx.find().filter(head -> head.owner().equals(owner));
        if (found.isEmpty()) {
            return false;
        }
        // The conversation's own time, because a work has no clock.
        Instant at = found.get().updatedAt();
        found.get().delete(at).ifPresent(tx::record);
        tx.record(tx.find().orElseThrow().purge(at));
        return true;
    }

    /** Ends what is under way and lets the connections go; later calls get {@code StorageUnavailable}. */
    @Override
    public void close() {
        committers.close();
        feed.close();
        sessions.close();
        connections.close();
    }
}
