package dev.confab.bootstrap.architecture.broken.adapter.persistence.overriding;

import dev.confab.bootstrap.architecture.broken.adapter.persistence.contract.ConversationStoreContract;
import dev.confab.bootstrap.architecture.broken.domain.port.Port;

class OverridingContract extends ConversationStoreContract {
    @Override
    protected Port port() {
        return new OverridingStore();
    }

    @Override
    protected void holds_S1() {
        // holds nothing
    }
}
