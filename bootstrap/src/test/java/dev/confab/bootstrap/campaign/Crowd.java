package dev.confab.bootstrap.campaign;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Clients that all append at once, to servers that must refuse none of it. */
final class Crowd {
    private Crowd() {
    }

    /**
     * Returns when each has appended so many messages.
     *
     * @return the seconds it took
     */
    static double append(List<AppendingClient> clients, Function<AppendingClient, Api> server, int each)
            throws Exception {
        long start = System.nanoTime();
        List<Callable<Integer>> writers = clients.stream().<Callable<Integer>>map(client -> () -> {
            Api api = server.apply(client);
            for (int i = 0; i < each; i++) {
                client.appendOne(api);
            }
            return each;
        }).toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> writer : threads.invokeAll(writers)) {
                writer.get();
            }
        }
        return (System.nanoTime() - start) / 1e9;
    }
}
