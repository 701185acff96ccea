package dev.confab.bootstrap.campaign.hostile.attack;

import dev.confab.bootstrap.campaign.Api;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/** All attacks at the same time, each at least once and until they are stopped. */
public final class Attackers implements AutoCloseable {
    private static final int VALID_AT_ONCE = 12;
    private static final int SLOW_BODIES = 16;
    private static final int STALLED_BODIES = 3;
    private static final int SLOW_TURNS = 32;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> running = new ArrayList<>();
    private final Attack.Report report;
    private final IdleStreams streams;
    private final Runnable onFailure;
    private volatile boolean stopping;

    private Attackers(Attack.Report report, IdleStreams streams, Runnable onFailure) {
        this.report = report;
        this.streams = streams;
        this.onFailure = onFailure;
    }

    /**
     * @param quiet a conversation that does not change
     * @param onFailure called when an attack had an answer that is not documented
     */
    public static Attackers start(Api api, int port, String quiet, Attack.Report report, Runnable onFailure) {
        var attackers = new Attackers(report, new IdleStreams(port, quiet), onFailure);
        var bodies = new LargeBodies(api, port);
        attackers.run(attackers.streams, Duration.ofMillis(300));
        attackers.run(new MalformedRequests(port), Duration.ofMillis(200));
        attackers.run(bodies::hostileTitle, Duration.ofMillis(300));
        attackers.run(bodies::hostileTitle, Duration.ofMillis(300));
        attackers.run(bodies::hostileImport, Duration.ofMillis(1_000));
        attackers.run(new PoisonedImports(api), Duration.ofMillis(200));
        for (int i = 0; i < VALID_AT_ONCE; i++) {
            attackers.run(bodies::valid, Duration.ofMillis(2_000));
        }
        for (int i = 0; i < SLOW_BODIES; i++) {
            attackers.run(new SlowBodies(port, () -> attackers.stopping), Duration.ZERO);
        }
        for (int i = 0; i < STALLED_BODIES; i++) {
            attackers.run(new StalledBodies(port, () -> attackers.stopping), Duration.ofMillis(500));
        }
        for (int i = 0; i < SLOW_TURNS; i++) {
            attackers.run(new SlowTurns(api), Duration.ofMillis(50));
        }
        return attackers;
    }

    private void run(Attack attack, Duration pause) {
        running.add(threads.submit(() -> {
            try {
                do {
                    attack.once(report);
                    LockSupport.parkNanos(pause.toNanos());
                } while (!stopping);
                return null;
            } catch (IOException | RuntimeException | Error e) {
                stopping = true;
                onFailure.run();
                throw e;
            }
        }));
    }

    /** Ends all attacks, and throws what went wrong. */
    public void stop() throws Exception {
        stopping = true;
        for (Future<?> attack : running) {
            attack.get();
        }
    }

    /** Also closes the event streams that were kept open. */
    @Override
    public void close() throws IOException {
        stopping = true;
        try (streams) {
            threads.close();
        }
    }
}
