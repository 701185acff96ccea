package dev.confab.adapter.persistence.jpa;

import dev.confab.adapter.persistence.contract.ConversationStoreContract;
import dev.confab.adapter.persistence.contract.harness.StoreFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The whole contract on PostgreSQL: which one, {@link dev.confab.testsupport.postgres.TestPostgres} says. Its tests wait for the server more than
 * they compute, and each has a database of its own, so some run at a time.
 */
@Execution(ExecutionMode.CONCURRENT)
class JpaStoreContractTest extends ConversationStoreContract {
    @Override
    protected StoreFactory factory() {
        return JpaStoreUnderTest::open;
    }
}
