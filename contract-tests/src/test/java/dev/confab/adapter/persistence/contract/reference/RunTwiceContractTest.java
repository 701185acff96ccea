package dev.confab.adapter.persistence.contract.reference;

import dev.confab.adapter.persistence.contract.ConversationStoreContract;
import dev.confab.adapter.persistence.contract.harness.StoreFactory;

class RunTwiceContractTest extends ConversationStoreContract {
    @Override
    protected StoreFactory factory() {
        StoreFactory once = ReferenceStoreUnderTest.factory(ReferenceStore::new);
        return lockTimeout -> new RunTwiceUnderTest(once.open(lockTimeout));
    }
}
