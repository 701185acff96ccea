package dev.confab.bootstrap.architecture.broken.adapter.persistence.contract;

import dev.confab.bootstrap.architecture.broken.domain.port.Port;
import org.junit.jupiter.api.Test;

/** A suite of two clauses. */
public abstract class ConversationStoreContract {
    protected abstract Port port();

    @Test
    protected void holds_S1() {
        assert port().call() == 0;
    }
}
