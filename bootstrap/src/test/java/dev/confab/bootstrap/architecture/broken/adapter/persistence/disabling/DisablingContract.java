package dev.confab.bootstrap.architecture.broken.adapter.persistence.disabling;

import dev.confab.bootstrap.architecture.broken.adapter.persistence.contract.ConversationStoreContract;
import dev.confab.bootstrap.architecture.broken.domain.port.Port;
import org.junit.jupiter.api.Disabled;

@Disabled("no reason")
class DisablingContract extends ConversationStoreContract {
    @Override
    protected Port port() {
        return new DisablingStore();
    }
}
