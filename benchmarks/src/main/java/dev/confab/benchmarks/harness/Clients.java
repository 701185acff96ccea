package dev.confab.benchmarks.harness;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many at once, a virtual thread each. A figure is worth nothing when one of them failed, so its failure is the run's. */
public final class Clients {
    private Clients() {
    }

    /** What one of them does. */
    @FunctionalInterface
    public interface Work {
        void run(int client) throws IOException, InterruptedException;
    }

    /**
     * Returns when all have ended.
     *
     * @throws IOException when one of them failed; its failure is the cause
     */
    public static void run(int count, Work work) throws IOException, InterruptedException {
        var clients = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < count; i++) {
            int client = i;
            clients.add(() -> {
                work.run(client);
                return client;
            });
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> ended = threads.invokeAll(clients);
            for (Future<Integer> client : ended) {
                client.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("a client failed", e.getCause());
        }
    }
}
