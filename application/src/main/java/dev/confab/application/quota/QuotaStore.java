package dev.confab.application.quota;

import dev.confab.application.Usages.CallerLimits;
import dev.confab.application.Usages.QuotaExceeded;
import dev.confab.domain.access.Limits;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.port.UsageReader;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * A store that refuses a write which would exceed a quota of its owner, with {@link QuotaExceeded}. What is refused is the transaction, after
 * its function has run: so a repeated request, which records nothing, gets its earlier result, and a write that only removes always works.
 */
public final class QuotaStore implements ConversationStore {
    private final ConversationStore store;
    private final KnownUsages usages;

    /** @param nanoTime a monotonic clock: {@code System::nanoTime} */
    public QuotaStore(ConversationStore store, UsageReader reader, LongSupplier nanoTime) {
        this.store = store;
        this.usages = new KnownUsages(reader, nanoTime);
    }

    @Override
    public <R> R transact(ConversationId id, Function<ConversationTransaction, R> work) {
        Optional<CallerLimits> caller = CallerLimits.current().filter(current -> hasQuota(current.limits()));
        return caller.isPresent()
                ? within(caller.get().limits(), usages.of(caller.get().owner()), id, work)
                : store.transact(id, work);
    }

    @Override
    public FencingToken token(OwnerId owner) {
        return store.token(owner);
    }

    private static boolean hasQuota(Limits limits) {
        return limits.storedBytes().isPresent() || limits.conversations().isPresent();
    }

    private <R> R within(Limits limits, KnownUsage usage, ConversationId id,
            Function<ConversationTransaction, R> work) {
        long seen = usage.readIfOld();
        try {
            return attempt(limits, usage, id, work);
        } catch (QuotaExceeded perhapsOld) {
            // Something may have been removed since the usage was read. A function of which nothing is recorded may run again.
            if (!usage.readAgainAfter(seen)) {
                throw perhapsOld;
            }
            return attempt(limits, usage, id, work);
        }
    }

    private <R> R attempt(Limits limits, KnownUsage usage, ConversationId id,
            Function<ConversationTransaction, R> work) {
        var reservation = usage.reservation(limits);
        try {
            R result = store.transact(id, tx -> {
                var counted = new CountedTransaction(tx);
                R made = work.apply(counted);
                reservation.replace(counted.growth());
                return made;
            });
            reservation.confirm();
            return result;
        } catch (CommitOutcomeUnknown perhapsRecorded) {
            reservation.confirm();
            throw perhapsRecorded;
        } finally {
            reservation.close();
        }
    }

    @Override
    public boolean removeDamaged(ConversationId id, OwnerId owner, Removal removal, Instant at) {
        return store.removeDamaged(id, owner, removal, at);
    }
}
