package dev.confab.benchmarks.limits;

import dev.confab.benchmarks.harness.HttpApi;
import dev.confab.benchmarks.harness.LiveHeap;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** How much heap an idle event stream takes: the live heap of a running server with and without many of them. */
public final class IdleStreams {
    /** Streams opened first, so that classes are loaded and Tomcat's caches are filled. */
    private static final int WARM_UP = 50;

    private IdleStreams() {
    }

    /** @param pid the server's process, on this machine */
    public static void run(String url, String pid, int streams) throws IOException, InterruptedException {
        var api = new HttpApi(url);
        var heap = new LiveHeap(pid);
        String conversation = HttpApi.field(api.send(api.post("/api/v1/conversations", "{}")), "id");
        String path = "/api/v1/conversations/" + conversation + "/events";
        close(open(url, path, WARM_UP));
        long before = heap.bytes();
        List<Socket> open = open(url, path, streams);
        long with = heap.bytes();
        System.out.printf("%n  %d idle streams: %d bytes of heap each%n", streams, (with - before) / streams);
        close(open);
    }

    private static List<Socket> open(String url, String path, int count) throws IOException {
        URI server = URI.create(url);
        var sockets = new ArrayList<Socket>();
        for (int i = 0; i < count; i++) {
            var socket = new Socket(server.getHost(), server.getPort());
            sockets.add(socket);
            socket.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            var response = new BufferedReader(
                    new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            String status = response.readLine();
            if (status == null || !status.contains(" 200 ")) {
                throw new IOException("stream " + (i + 1) + " was refused: " + status);
            }
        }
        return sockets;
    }

    private static void close(List<Socket> sockets) throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
