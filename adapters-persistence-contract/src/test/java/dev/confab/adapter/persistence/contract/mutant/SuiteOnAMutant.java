package dev.confab.adapter.persistence.contract.mutant;

import dev.confab.adapter.persistence.contract.ConversationStoreContract;
import dev.confab.adapter.persistence.contract.harness.StoreFactory;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The suite on whatever store {@link MutantsTest} sets; no test by its own name. */
class SuiteOnAMutant extends ConversationStoreContract {
    static final AtomicReference<Optional<StoreFactory>> MUTANT = new AtomicReference<>(Optional.empty());

    @Override
    protected StoreFactory factory() {
        return MUTANT.get().orElseThrow();
    }
}
