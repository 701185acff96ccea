package dev.confab.adapter.persistence.contract;

class RunTwiceContractTest extends ConversationStoreContract {
    @Override
    protected StoreFactory factory() {
        StoreFactory once = ReferenceStoreUnderTest.factory(ReferenceStore::new);
        return lockTimeout -> new RunTwiceUnderTest(once.open(lockTimeout));
    }
}
