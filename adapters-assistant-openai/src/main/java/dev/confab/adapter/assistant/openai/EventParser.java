package dev.confab.adapter.assistant.openai;

import dev.langchain4j.http.client.sse.ServerSentEvent;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Makes server-sent events of bytes, however they are split. Lines end with LF, CR or both; other fields than data and event, and comments,
 * are skipped; an event that the stream's end cuts off is dropped. An event is at most 1 MiB, and a stream 32 MiB.
 */
final class EventParser {
    static final int MAX_EVENT_BYTES = 1024 * 1024;
    static final int MAX_STREAM_BYTES = 32 * 1024 * 1024;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Consumer<ServerSentEvent> events;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
    private final StringBuilder data = new StringBuilder();
    private String name = "message";
    private boolean hasData;
    private boolean first = true;
    private boolean afterCr;
    private long total;
    private int pending;

    EventParser(Consumer<ServerSentEvent> events) {
        this.events = events;
    }

    void accept(ByteBuffer bytes) {
        total += bytes.remaining();
        if (total > MAX_STREAM_BYTES) {
            throw AttemptFailed.malformed("The assistant's answer is too long.");
        }
        while (bytes.hasRemaining()) {
            accept(bytes.get());
        }
    }

    private void accept(byte b) {
        boolean secondHalf = afterCr && b == '\n';
        afterCr = b == '\r';
        if (b == '\n' || b == '\r') {
            if (!secondHalf) {
                endLine();
            }
            return;
        }
        line.write(b);
        if (++pending > MAX_EVENT_BYTES) {
            throw AttemptFailed.malformed("The assistant sent a piece that is too long.");
        }
    }

    private void endLine() {
        // Whole lines are decoded, so that a character split between packets stays one.
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (first) {
            first = false;
            text = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        }
        if (text.isEmpty()) {
            endEvent();
        } else {
            field(text);
        }
        // What was a comment does not count, so a server may send them for as long as it likes.
        pending = data.length();
    }

    private void field(String text) {
        int colon = text.indexOf(':');
        String field = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(colon + 1);
        value = value.startsWith(" ") ? value.substring(1) : value;
        if (field.equals("event")) {
            name = value;
        } else if (field.equals("data")) {
            data.append(hasData ? "\n" : "").append(value);
            hasData = true;
        }
    }

    private void endEvent() {
        if (hasData) {
            events.accept(new ServerSentEvent(name, data.toString()));
        }
        name = "message";
        data.setLength(0);
        hasData = false;
    }
}
