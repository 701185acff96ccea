package dev.confab.bootstrap.architecture.broken.adapter.persistence.good;

import dev.confab.bootstrap.architecture.broken.adapter.persistence.contract.ConversationStoreContract;
import dev.confab.bootstrap.architecture.broken.domain.port.Port;

class GoodContract extends ConversationStoreContract {
    @Override
    protected Port port() {
        return new GoodStore();
    }
}
