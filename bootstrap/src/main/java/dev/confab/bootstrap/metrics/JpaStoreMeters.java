package dev.confab.bootstrap.metrics;

import dev.confab.adapter.persistence.jpa.FeedTotals;
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
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/** What the store on PostgreSQL tells of its inside: waits, commits, races between instances, connections, the change feed. */
public final class JpaStoreMeters implements WriteObserver {
    private final MeterRegistry registry;
    private final Timer lockWaits;
    private final Timer commits;
    private final DistributionSummary commitWorks;
    private final Counter racesLost;

    public JpaStoreMeters(MeterRegistry registry) {
        this.registry = registry;
        lockWaits = timer("confab.store.lock.waits", "Waits of writes for their conversation");
        commits = timer("confab.commits", "Commits, failed ones included");
        commitWorks = DistributionSummary.builder("confab.commit.works").description("Works a commit, made together")
                .register(registry);
        racesLost = Counter.builder("confab.commit.races.lost")
                .description("Commits that another instance was faster than: their works ran again").register(registry);
    }

    @Override
    public void lockWaited(long nanos) {
        lockWaits.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void committed(int works, long nanos) {
        commitWorks.record(works);
        commits.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void raceLost() {
        racesLost.increment();
    }

    /** Adds the gauges and counts of a store that is open. */
    public void watch(JpaStore store) {
        watchPool("writes", store, JpaStore::writePool);
        watchPool("reads", store, JpaStore::readPool);
        count(store, "confab.feed.notifications", "Notifications sent to the other instances",
                FeedTotals::notificationsSent);
        count(store, "confab.feed.hints.received", "Changes that notifications of other instances told of",
                FeedTotals::hintsReceived);
        count(store, "confab.feed.hints.dropped", "Changes not notified of: the other instances' polls find them",
                FeedTotals::hintsDropped);
        count(store, "confab.feed.polled", "Changed conversations that polls found", FeedTotals::polledRows);
        count(store, "confab.feed.reconnects", "Connections of the feed that were lost and are back",
                FeedTotals::reconnects);
    }

    private void watchPool(String pool, JpaStore store, Function<JpaStore, PoolUse> use) {
        connections(pool, "active", store, use, PoolUse::active);
        connections(pool, "idle", store, use, PoolUse::idle);
        Gauge.builder("confab.connections.waiting", store, s -> use.apply(s).waiting()).tag("pool", pool)
                .description("Calls that wait for a connection").register(registry);
    }

    private void connections(String pool, String state, JpaStore store, Function<JpaStore, PoolUse> use,
            ToIntFunction<PoolUse> value) {
        Gauge.builder("confab.connections", store, s -> value.applyAsInt(use.apply(s))).tag("pool", pool)
                .tag("state", state).description("Connections to the database").register(registry);
    }

    private void count(JpaStore store, String name, String description, ToLongFunction<FeedTotals> total) {
        FunctionCounter.builder(name, store, s -> total.applyAsLong(s.feedTotals())).description(description)
                .register(registry);
    }

    private Timer timer(String name, String description) {
        return Timer.builder(name).description(description).publishPercentileHistogram().register(registry);
    }
}
