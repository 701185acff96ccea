package dev.confab.adapter.persistence.contract.reference;

import dev.confab.adapter.persistence.contract.harness.Faults;
import dev.confab.adapter.persistence.contract.harness.StoreFactory;
import dev.confab.adapter.persistence.contract.harness.StoreUnderTest;
import dev.confab.domain.port.ChangeFeed;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.port.OwnerEraser;
import dev.confab.domain.port.SessionReader;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;

/** A {@link ReferenceStore}, or a mutant of it, as a store under test. */
public final class ReferenceStoreUnderTest implements StoreUnderTest {
    private final BiFunction<ReferenceStorage, Duration, ? extends ReferenceStore> maker;
    private final ReferenceStorage storage;
    private final Duration lockTimeout;
    private volatile ReferenceStore current;

    private ReferenceStoreUnderTest(BiFunction<ReferenceStorage, Duration, ? extends ReferenceStore> maker,
            ReferenceStorage storage, Duration lockTimeout) {
        this.maker = maker;
        this.storage = storage;
        this.lockTimeout = lockTimeout;
        this.current = maker.apply(storage, lockTimeout);
    }

    /** Opens stores, each on its own storage. */
    public static StoreFactory factory(BiFunction<ReferenceStorage, Duration, ? extends ReferenceStore> maker) {
        return lockTimeout -> new ReferenceStoreUnderTest(maker, new ReferenceStorage(), lockTimeout);
    }

    @Override
    public ConversationStore store() {
        return current;
    }

    @Override
    public ConversationReader reader() {
        return current;
    }

    @Override
    public SessionReader sessions() {
        return current;
    }

    @Override
    public ChangeFeed feed() {
        return current;
    }

    @Override
    public OwnerEraser eraser() {
        return current;
    }

    @Override
    public StoreUnderTest another() {
        return new ReferenceStoreUnderTest(maker, storage, lockTimeout);
    }

    @Override
    public void reopen() {
        current = maker.apply(storage, lockTimeout);
    }

    @Override
    public void crash() {
        reopen();
    }

    @Override
    public Optional<Faults> faults() {
        return Optional.of(storage);
    }

    @Override
    public void close() {
        // nothing to close in memory
    }
}
