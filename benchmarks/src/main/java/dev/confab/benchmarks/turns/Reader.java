package dev.confab.benchmarks.turns;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One client of a turn's events, that lets go of its connection now and then and resumes with the last id it has seen. It insists on every
 * delta, once, in order: their ids are consecutive, and their texts the finished message's.
 */
final class Reader {
    private static final Pattern TEXT = Pattern.compile("\"text\":\"([^\"]*)\"");

    private final Server server;
    private final String turn;
    private final SplittableRandom random;
    private final double cutsAnEvent;
    private final StringBuilder said = new StringBuilder();
    /** When each delta came, by its place. */
    private final long[] arrivals;
    private long lastId;
    private int deltas;
    private int connections;
    private boolean ended;

    /** @param cutsAnEvent how likely the connection is let go after an event */
    Reader(Server server, String turn, int words, double cutsAnEvent, SplittableRandom random) {
        this.server = server;
        this.turn = turn;
        this.arrivals = new long[words + 1];
        this.cutsAnEvent = cutsAnEvent;
        this.random = random;
    }

    /** Reads to the end of the turn. */
    void run() throws IOException {
        while (!ended) {
            connections++;
            try (Socket socket = server.openStream(turn, lastId);
                    var in = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
                expect(in.readLine().contains(" 200 "), "the stream was refused");
                readUntilCut(in);
            }
        }
    }

    int deltas() {
        return deltas;
    }

    int connections() {
        return connections;
    }

    long arrival(int delta) {
        return arrivals[delta];
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
                if (!ended && random.nextDouble() < cutsAnEvent) {
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
                said.append(text(data));
            }
            case "message.completed" -> expect(text(data).contentEquals(said), "the message is not what was said");
            case "turn.completed" -> ended = true;
            default -> throw new IOException("unexpected event " + event);
        }
        expect(id > lastId, "event " + id + " after " + lastId);
        lastId = id;
    }

    private static String text(String data) throws IOException {
        Matcher text = TEXT.matcher(data);
        if (!text.find()) {
            throw new IOException("no text in " + data);
        }
        return text.group(1);
    }

    private static void expect(boolean isSo, String otherwise) throws IOException {
        if (!isSo) {
            throw new IOException(otherwise);
        }
    }
}
