package dev.confab.benchmarks.harness;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Concurrent clients, one virtual thread each. If a client fails, the whole run fails, because its figures would mean nothing. */
public final class Clients {
    private Clients() {
    }

    /** The work of one client. */
    @FunctionalInterface
    public interface Work {
        void run(int client) throws IOException, InterruptedException;
    }

    /**
     * Runs the clients and returns when all have ended.
     *
     * @throws IOException if a client failed; the cause is its failure
     */
    public static void run(int count, Work work) throws IOException, InterruptedException {
        List<Callable<Integer>> clients = IntStream.range(0, count).<Callable<Integer>>mapToObj(client -> () -> {
            work.run(client);
            return client;
        }).toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> client : threads.invokeAll(clients)) {
                client.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("a client failed", e.getCause());
        }
    }
}
