package dev.confab.bootstrap.architecture.broken.adapter.persistence.forgotten;

import dev.confab.bootstrap.architecture.broken.adapter.persistence.contract.ConversationStoreContract;
import dev.confab.bootstrap.architecture.broken.domain.port.Port;

class ForgottenContract extends ConversationStoreContract {
    @Override
    protected Port port() {
        return new ForgottenStore()::call;
    }
}
