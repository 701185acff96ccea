package dev.confab.bootstrap.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Clients that append without a pause, and others that read, while their servers are treated badly. */
final class ClusterLoad {
    /** How long a client may go without an acknowledgement once the servers are let be. */
    private static final Duration RECOVERY = Duration.ofSeconds(60);
    /** Shorter than Retry-After asks for, so that many requests meet a fault. */
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Cluster cluster;
    private final List<AppendingClient> clients;
    private final Tally tally;
    /** How often each client succeeded and was refused in this load. Guarded by this, like the rest. */
    private final int[] successes;
    private final int[] refusals;
    private int running;
    private boolean stopping;
    private @Nullable Throwable failure;

    private ClusterLoad(Cluster cluster, List<AppendingClient> clients, Tally tally) {
        this.cluster = cluster;
        this.clients = clients;
        this.tally = tally;
        this.successes = new int[clients.size()];
        this.refusals = new int[clients.size()];
    }

    static ClusterLoad start(Cluster cluster, List<AppendingClient> clients, Tally tally) {
        var load = new ClusterLoad(cluster, clients, tally);
        for (int client = 0; client < clients.size(); client++) {
            int number = client;
            load.run(() -> load.append(number));
        }
        for (Instance instance : cluster.instances()) {
            load.run(() -> load.read(instance));
        }
        return load;
    }

    @FunctionalInterface
    private interface Action {
        void run() throws IOException;
    }

    @FunctionalInterface
    private interface Request {
        /** @return whether it succeeded */
        boolean send(Api api) throws IOException;
    }

    private synchronized void run(Action action) {
        running++;
        Thread.ofVirtual().start(() -> {
            try {
                action.run();
                ended(null);
            } catch (IOException | RuntimeException | Error e) {
                ended(e);
            }
        });
    }

    private void append(int number) throws IOException {
        AppendingClient client = clients.get(number);
        while (!isStopping() || client.pendingId().isPresent()) {
            boolean success = send(cluster.instance(number), api -> client.offerOne(api, tally));
            count(success ? successes : refusals, number);
        }
    }

    /** All the ways to read, by turns. */
    private void read(Instance instance) throws IOException {
        String conversation = clients.getFirst().conversation();
        List<String> paths = List.of("/conversations/" + conversation,
                "/conversations/" + conversation + "/messages?order=desc&limit=20",
                "/conversations/" + conversation + "/changes?since=1", "/conversations?limit=2",
                "/search?q=c1&limit=2");
        for (int i = 0; !isStopping(); i++) {
            String path = paths.get(i % paths.size());
            send(instance, api -> tally.isSuccess(api.get(path)));
        }
    }

    /** Sends it, and pauses if it was in vain. Only a server that was killed may leave it unanswered. */
    private boolean send(Instance instance, Request request) throws IOException {
        ServerProcess server = instance.server();
        boolean success = false;
        try {
            success = request.send(server.api());
        } catch (IOException e) {
            if (!server.isKilled()) {
                throw e;
            }
            tally.unanswered();
        }
        if (!success) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return success;
    }

    private synchronized boolean isStopping() {
        return stopping || failure != null;
    }

    private synchronized void count(int[] counts, int client) {
        counts[client]++;
        notifyAll();
    }

    private synchronized void ended(@Nullable Throwable by) {
        running--;
        failure = failure == null ? by : failure;
        notifyAll();
    }

    /** Returns when each client has been acknowledged as many messages from now on. */
    void awaitSuccesses(int each) throws InterruptedException {
        await("acknowledged", successes, each);
    }

    /** Returns when each client has been refused so often from now on. */
    void awaitRefusals(int each) throws InterruptedException {
        await("refused", refusals, each);
    }

    private synchronized void await(String what, int[] counts, int each) throws InterruptedException {
        int[] from = counts.clone();
        long deadline = System.nanoTime() + RECOVERY.toNanos();
        for (int client = 0; client < counts.length; client++) {
            while (counts[client] < from[client] + each) {
                waitUntil(deadline, "client " + client + " is no longer " + what);
            }
        }
    }

    /** Returns when all have ended, and no client has a message pending any more. */
    synchronized void stop() throws InterruptedException {
        stopping = true;
        long deadline = System.nanoTime() + RECOVERY.toNanos();
        while (running > 0) {
            waitUntil(deadline, running + " clients do not end");
        }
        throwFailure();
    }

    private void waitUntil(long deadline, String complaint) throws InterruptedException {
        throwFailure();
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        assertThat(left).as("%s, %s after the servers were let be; %s", complaint, RECOVERY, tally).isPositive();
        wait(left);
    }

    private void throwFailure() {
        if (failure != null) {
            throw new AssertionError("a client failed; " + tally, failure);
        }
    }
}
