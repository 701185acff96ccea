package dev.confab.bootstrap.metrics;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.port.ConversationTransaction;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * A store whose commits have spans: from the end of the transaction function to the end of {@code transact}, with the store's name and the
 * kinds of the events that were recorded. A transaction that records nothing has none. Belongs inside of {@link StoreCalls}.
 *
 * <p>The store may run the function on any thread, more than once, and in one commit with others. So the function only notes when it
 * ended, and the span is made by the thread that called {@code transact}, of the last run of the function.
 */
public final class CommitSpans implements ConversationStore {
    private final ConversationStore store;
    private final String name;
    private final Tracer tracer;

    /** @param name the store's, as in {@code confab.persistence} */
    public CommitSpans(ConversationStore store, String name, Tracer tracer) {
        this.store = store;
        this.name = name;
        this.tracer = tracer;
    }

    /**
     * The end of a run of the transaction function.
     *
     * @param kinds of the events that it recorded
     */
    private record Ended(Instant at, List<String> kinds) {
    }

    @Override
    public <R> R transact(ConversationId id, Function<ConversationTransaction, R> work) {
        Span call = tracer.currentSpan();
        return call == null || call.isNoop() ? store.transact(id, work) : transact(id, work, call);
    }

    private <R> R transact(ConversationId id, Function<ConversationTransaction, R> work, Span call) {
        var last = new AtomicReference<Optional<Ended>>(Optional.empty());
        String outcome = "success";
        try {
            return store.transact(id, tx -> {
                last.set(Optional.empty());
                var recording = new EventKindsTransaction(tx);
                R result = work.apply(recording);
                last.set(Optional.of(new Ended(Instant.now(), recording.kinds())));
                return result;
            });
        } catch (RuntimeException e) {
            outcome = StoreCalls.outcome(e);
            throw e;
        } finally {
            report(last.get().filter(ended -> !ended.kinds().isEmpty()), outcome, call);
        }
    }

    private void report(Optional<Ended> commit, String outcome, Span call) {
        commit.ifPresent(ended -> tracer.spanBuilder().setParent(call.context()).name("commit")
                .startTimestamp(ChronoUnit.MICROS.between(Instant.EPOCH, ended.at()), TimeUnit.MICROSECONDS)
                .tag("store", name).tag("events", String.join(",", ended.kinds())).tag("outcome", outcome).start()
                .end());
    }

    @Override
    public FencingToken token(OwnerId owner) {
        return store.token(owner);
    }

    @Override
    public boolean removeDamaged(ConversationId id, OwnerId owner, Removal removal, Instant at) {
        return store.removeDamaged(id, owner, removal, at);
    }
}
