package dev.confab.adapter.persistence.contract.reference;

import dev.confab.adapter.persistence.contract.ConversationStoreContract;
import dev.confab.adapter.persistence.contract.harness.StoreFactory;

class ReferenceStoreContractTest extends ConversationStoreContract {
    @Override
    protected StoreFactory factory() {
        return ReferenceStoreUnderTest.factory(ReferenceStore::new);
    }
}
