package dev.confab.adapter.web.event;

import dev.confab.adapter.web.json.ResponseJson;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes server-sent events. A write fails when a slow client accepts no bytes until the connector's timeout, which ends the stream.
 */
public final class EventWriter {
    private final OutputStream out;
    private long lastWrite = System.nanoTime();

    private EventWriter(OutputStream out) {
        this.out = out;
    }

    /** Begins the stream, with a comment at once so that a client knows that it is open. */
    static EventWriter open(HttpServletResponse response) throws IOException {
        prepare(response);
        var writer = new EventWriter(response.getOutputStream());
        writer.comment("open");
        return writer;
    }

    static void prepare(HttpServletResponse response) {
        response.setContentType("text/event-stream;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no");
    }

    /** Writes an event and sends it. */
    void event(Optional<Long> id, String event, Object data) throws IOException {
        write(id, event, data);
        flush();
    }

    /** Writes an event whose data are text, and sends it; the receiver gets the lines as they are. */
    public void text(String event, String lines) throws IOException {
        String data = lines.lines().map(line -> "data: " + line + "\n").collect(Collectors.joining());
        out.write(("event: " + event + "\n" + (data.isEmpty() ? "data: \n" : data) + "\n")
                .getBytes(StandardCharsets.UTF_8));
        flush();
    }

    /** Writes an event; {@link #flush()} sends it, together with others. */
    void add(long id, String event, Object data) throws IOException {
        write(Optional.of(id), event, data);
    }

    private void write(Optional<Long> id, String event, Object data) throws IOException {
        String head = id.map(version -> "id: " + version + "\n").orElse("") + "event: " + event + "\ndata: ";
        out.write(head.getBytes(StandardCharsets.UTF_8));
        out.write(ResponseJson.MAPPER.writeValueAsBytes(data));
        out.write('\n');
        out.write('\n');
    }

    void comment(String text) throws IOException {
        out.write((": " + text + "\n\n").getBytes(StandardCharsets.UTF_8));
        flush();
    }

    Duration sinceLastWrite() {
        return Duration.ofNanos(System.nanoTime() - lastWrite);
    }

    void flush() throws IOException {
        out.flush();
        lastWrite = System.nanoTime();
    }
}
