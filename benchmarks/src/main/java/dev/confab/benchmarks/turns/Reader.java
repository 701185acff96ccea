package dev.confab.benchmarks.turns;

import dev.confab.benchmarks.harness.HttpApi;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * A client of a turn's events, which closes its connection now and then and resumes after the last event id it received. It fails unless it
 * receives every delta once and in order: their ids must be consecutive, and their texts together the finished message.
 */
final class Reader {
    /** The probability of closing the connection after an event. */
    private static final double CUTS_AN_EVENT = 0.005;

    private final ServerUnderLoad server;
    private final String turn;
    private final SplittableRandom random;
    private final StringBuilder received = new StringBuilder();
    /** The arrival time of each delta. */
    final long[] arrivals;
    int deltas;
    int connections;
    private long lastId;
    private boolean ended;

    Reader(ServerUnderLoad server, String turn, int words, SplittableRandom random) {
        this.server = server;
        this.turn = turn;
        this.arrivals = new long[words + 1];
        this.random = random;
    }

    /** Reads to the end of the turn. */
    void run() throws IOException {
        while (!ended) {
            connections++;
            try (var socket = new Socket()) {
                server.openStream(socket, turn, lastId);
                var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
                expect(in.readLine().contains(" 200 "), "the stream was refused");
                readUntilCut(in);
            }
        }
    }

    private void readUntilCut(BufferedReader in) throws IOException {
        String event = "";
        long id = 0;
        while (!ended) {
            String line = in.readLine();
            expect(line != null, "the stream ended before the turn");
            if (line.startsWith("id: ")) {
                id = Long.parseLong(line.substring(4));
            } else if (line.startsWith("event: ")) {
                event = line.substring(7);
            } else if (line.startsWith("data: ")) {
                take(id, event, line);
                if (!ended && random.nextDouble() < CUTS_AN_EVENT) {
                    return;
                }
            }
        }
    }

    private void take(long id, String event, String data) throws IOException {
        switch (event) {
            case "turn.started" -> expect(lastId == 0, "the turn started twice");
            case "message.delta" -> {
                expect(id == lastId + 1, "delta " + id + " follows " + lastId);
                arrivals[deltas++] = System.nanoTime();
                received.append(HttpApi.field(data, "text"));
            }
            case "message.completed" -> expect(HttpApi.field(data, "text").contentEquals(received),
                    "the message differs from its deltas");
            case "turn.completed" -> ended = true;
            default -> throw new IOException("unexpected event " + event);
        }
        expect(id > lastId, "event " + id + " after " + lastId);
        lastId = id;
    }

    private static void expect(boolean condition, String otherwise) throws IOException {
        if (!condition) {
            throw new IOException(otherwise);
        }
    }
}
