package dev.confab.adapter.persistence.file;

import dev.confab.adapter.persistence.contract.ConversationStoreContract;
import dev.confab.adapter.persistence.contract.harness.StoreFactory;

/** The contract on a disk in memory, where a crash of the machine loses whatever was not forced. */
class SimulatedFileStoreContractTest extends ConversationStoreContract {
    @Override
    protected StoreFactory factory() {
        return SimulatedStoreUnderTest::new;
    }
}
