package dev.confab.bootstrap.store.jpa;

import dev.confab.adapter.persistence.jpa.JpaStore;
import dev.confab.adapter.persistence.jpa.PoolUse;
import dev.confab.adapter.persistence.jpa.queue.WriteObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** Meters of the store on PostgreSQL: waits, commits, races between instances, connections, the change feed. */
public final class JpaStoreMeters implements WriteObserver {
    private final MeterRegistry registry;
    private final Timer lockWaits;
    private final Timer commits;
    private final DistributionSummary transactionsPerCommit;
    private final Counter racesLost;

    public JpaStoreMeters(MeterRegistry registry) {
        this.registry = registry;
        lockWaits = timer("confab.store.lock.waits", "How long writes waited for other writes to their conversation");
        commits = timer("confab.commits", "Commits, including failed ones");
        transactionsPerCommit = DistributionSummary.builder("confab.commit.transactions")
                .description("Transactions in one commit")
                .register(registry);
        racesLost = Counter.builder("confab.commit.races.lost")
                .description("Commits that lost a race against another instance; their transaction functions ran again")
                .register(registry);
    }

    @Override
    public void lockWaited(long nanos) {
        lockWaits.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void committed(int transactions, long nanos) {
        transactionsPerCommit.record(transactions);
        commits.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void raceLost() {
        racesLost.increment();
    }

    /** Registers the gauges and counters of an open store. */
    public void watch(JpaStore store) {
        watchPool("writes", store, JpaStore::writePool);
        watchPool("reads", store, JpaStore::readPool);
        var feed = store.feedCounts();
        count("confab.feed.notifications", "Notifications sent to the other instances", feed.notificationsSent());
        count("confab.feed.hints.received", "Changes reported by notifications of other instances",
                feed.hintsReceived());
        count("confab.feed.hints.dropped",
                "Changes without a notification; the other instances find them when they poll", feed.hintsDropped());
        count("confab.feed.polled", "Changed conversations that polls found", feed.polledRows());
        count("confab.feed.reconnects", "Connections of the change feed that were lost and opened again",
                feed.reconnects());
    }

    private void watchPool(String pool, JpaStore store, Function<JpaStore, PoolUse> use) {
        connections(pool, "active", store, use, PoolUse::active);
        connections(pool, "idle", store, use, PoolUse::idle);
        Gauge.builder("confab.connections.waiting", store, s -> use.apply(s).waiting()).tag("pool", pool)
                .description("Calls waiting for a connection").register(registry);
    }

    private void connections(String pool, String state, JpaStore store, Function<JpaStore, PoolUse> use,
            ToIntFunction<PoolUse> value) {
        Gauge.builder("confab.connections", store, s -> value.applyAsInt(use.apply(s))).tag("pool", pool)
                .tag("state", state).description("Connections to the database").register(registry);
    }

    private void count(String name, String description, LongAdder total) {
        FunctionCounter.builder(name, total, LongAdder::sum).description(description).register(registry);
    }

    private Timer timer(String name, String description) {
        return Timer.builder(name).description(description).publishPercentileHistogram().register(registry);
    }
}
