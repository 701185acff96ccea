package dev.confab.adapter.persistence.jpa.read;

import dev.confab.adapter.persistence.jpa.database.SqlFailures;
import dev.confab.adapter.persistence.jpa.row.Damage;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.StorageException;
import dev.confab.domain.port.StorageUnavailable;
import dev.confab.domain.work.UnitOfWork;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceException;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.core.NestedRuntimeException;
import org.springframework.data.jpa.repository.support.JpaRepositoryFactory;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs a read in a transaction, so that its statements see one moment, and translates errors to those of the port. */
final class ReadTransactions {
    private final EntityManagerFactory sessions;
    private final TransactionTemplate transaction;
    private final EntityManager entities;
    private final JpaRepositoryFactory repositories;

    ReadTransactions(EntityManagerFactory sessions) {
        this.sessions = sessions;
        this.transaction = new TransactionTemplate(new JpaTransactionManager(sessions));
        transaction.setReadOnly(true);
        this.entities = SharedEntityManagerCreator.createSharedEntityManager(sessions);
        this.repositories = new JpaRepositoryFactory(entities);
    }

    /** A repository whose queries run in the transaction of the present read. */
    <T> T repository(Class<T> type) {
        return repositories.getRepository(type);
    }

    /** That of the present read. */
    EntityManager entities() {
        return entities;
    }

    /**
     * Lets the server plan each further statement of the present read for its values. After five executions it would otherwise use one plan for
     * all values, and what is best for a frequent label, to go through the list until the page is full, goes through all of it for a rare one.
     * It costs a round trip, so only reads whose plan depends on values ask for it.
     */
    static void planForValues(EntityManager entities) {
        entities.createNativeQuery("SET LOCAL plan_cache_mode = force_custom_plan").executeUpdate();
    }

    /** A read of many conversations. */
    <R> R read(Supplier<R> read) {
        return run(Optional.empty(), read);
    }

    /** A read of one conversation. */
    <R> R read(ConversationId id, Supplier<R> read) {
        return run(Optional.of(id), read);
    }

    private <R> R run(Optional<ConversationId> id, Supplier<R> read) {
        UnitOfWork.requireOutsideTransaction();
        try {
            return transaction.execute(status -> read.get());
        } catch (PersistenceException | NestedRuntimeException e) {
            throw named(id, e);
        } catch (IllegalStateException e) {
            throw sessions.isOpen() ? e : new StorageUnavailable("the store is closed", e);
        }
    }

    private static StorageException named(Optional<ConversationId> id, RuntimeException e) {
        boolean corrupted = SqlFailures.cause(e).map(SqlFailures::isCorrupted)
                // The database answered, but Hibernate could not map the row.
                .orElse(e instanceof PersistenceException);
        return corrupted && id.isPresent()
                ? Damage.named(id.get().value(), e)
                : new StorageUnavailable("the database cannot be read now: " + SqlFailures.message(e), e);
    }
}
