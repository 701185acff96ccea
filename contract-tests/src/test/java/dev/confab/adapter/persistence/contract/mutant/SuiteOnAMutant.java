package dev.confab.adapter.persistence.contract.mutant;

import dev.confab.adapter.persistence.contract.ConversationStoreContract;
import dev.confab.adapter.persistence.contract.harness.StoreFactory;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Runs the suite on the store that {@link MutantsTest} sets. The build does not run this class by itself. */
class SuiteOnAMutant extends ConversationStoreContract {
    static final AtomicReference<Optional<StoreFactory>> MUTANT = new AtomicReference<>(Optional.empty());

    @Override
    protected StoreFactory factory() {
        return MUTANT.get().orElseThrow();
    }
}
