package dev.confab.application.quota;

import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.UsageReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** The usages of the owners who wrote last. One that is forgotten is read again. */
final class KnownUsages {
    private static final int MAX_OWNERS = 10_000;

    private final UsageReader reader;
    private final LongSupplier nanoTime;
    /** In the order of their last use. Guarded by this. */
    private final Map<OwnerId, KnownUsage> byOwner = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<OwnerId, KnownUsage> eldest) {
            return size() > MAX_OWNERS;
        }
    };

    KnownUsages(UsageReader reader, LongSupplier nanoTime) {
        this.reader = reader;
        this.nanoTime = nanoTime;
    }

    synchronized KnownUsage of(OwnerId owner) {
        return byOwner.computeIfAbsent(owner, _ -> new KnownUsage(owner, reader, nanoTime));
    }
}
