package dev.confab.benchmarks;

import dev.confab.benchmarks.harness.HttpApi;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How much heap an idle event stream takes: the live heap of a running server with and without many of them. */
final class IdleStreams {
    /** Streams opened first, so that classes are loaded and Tomcat's caches are filled. */
    private static final int WARM_UP = 50;

    private IdleStreams() {
    }

    /** @param pid the server's process, on this machine */
    static void run(String url, String pid, int streams) throws IOException, InterruptedException {
        var api = new HttpApi(url);
        String conversation = HttpApi.field(api.send(api.post("/api/v1/conversations", "{}")), "id");
        String path = "/api/v1/conversations/" + conversation + "/events";
        close(open(url, path, WARM_UP));
        long before = liveBytes(pid);
        List<Socket> open = open(url, path, streams);
        long with = liveBytes(pid);
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

    /** What is left after a full collection, which a histogram of the live objects includes. */
    private static long liveBytes(String pid) throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var process = new ProcessBuilder(jcmd, pid, "GC.class_histogram").redirectErrorStream(true).start();
        String last = "";
        try (var lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                last = line.isBlank() ? last : line;
            }
        }
        String[] columns = last.strip().split("\\s+", -1);
        if (process.waitFor() != 0 || !columns[0].equals("Total")) {
            throw new IOException("jcmd does not read the heap of process " + pid + ": " + last);
        }
        return Long.parseLong(columns[2]);
    }
}
