package dev.confab.adapter.persistence.contract;

class ReferenceStoreContractTest extends ConversationStoreContract {
    @Override
    protected StoreFactory factory() {
        return ReferenceStoreUnderTest.factory(ReferenceStore::new);
    }
}
