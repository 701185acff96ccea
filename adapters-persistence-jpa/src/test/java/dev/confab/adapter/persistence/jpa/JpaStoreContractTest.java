package dev.confab.adapter.persistence.jpa;

import dev.confab.adapter.persistence.contract.ConversationStoreContract;
import dev.confab.adapter.persistence.contract.harness.StoreFactory;

/** The whole contract on PostgreSQL: which one, {@link dev.confab.testsupport.postgres.TestPostgres} says. */
class JpaStoreContractTest extends ConversationStoreContract {
    @Override
    protected StoreFactory factory() {
        return JpaStoreUnderTest::open;
    }
}
