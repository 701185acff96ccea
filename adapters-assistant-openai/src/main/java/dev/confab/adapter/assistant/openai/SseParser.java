package dev.confab.adapter.assistant.openai;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Parses a stream of server-sent events (WHATWG HTML, section 9.2) from bytes that may be split anywhere. It ignores comments, fields other
 * than data and event, and an event that the end of the stream cuts off. It limits the size of an event and of the stream.
 */
final class SseParser {
    static final int MAX_EVENT_BYTES = 1024 * 1024;
    static final int MAX_STREAM_BYTES = 32 * 1024 * 1024;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
    private final StringBuilder data = new StringBuilder();
    private final List<Event> complete = new ArrayList<>();
    private String name = Event.DEFAULT_NAME;
    private boolean hasData;
    private boolean atStart = true;
    private boolean afterCr;
    private long streamBytes;
    private int eventBytes;

    /** @param data its data lines, joined by line feeds */
    record Event(String name, String data) {
        static final String DEFAULT_NAME = "message";
    }

    /** Returns the events that these bytes complete. */
    List<Event> parse(ByteBuffer bytes) throws AttemptFailed {
        complete.clear();
        streamBytes += bytes.remaining();
        if (streamBytes > MAX_STREAM_BYTES) {
            throw AttemptFailed.malformed("The assistant's answer is too long.");
        }
        while (bytes.hasRemaining()) {
            accept(bytes.get());
        }
        return List.copyOf(complete);
    }

    private void accept(byte next) throws AttemptFailed {
        boolean endOfCrLf = afterCr && next == '\n';
        afterCr = next == '\r';
        if (next == '\n' || next == '\r') {
            if (!endOfCrLf) {
                endLine();
            }
            return;
        }
        line.write(next);
        if (++eventBytes > MAX_EVENT_BYTES) {
            throw AttemptFailed.malformed("A part of the assistant's answer is too long.");
        }
    }

    private void endLine() {
        // Only whole lines are decoded, because a character may be split between two packets.
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (atStart) {
            atStart = false;
            text = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        }
        if (text.isEmpty()) {
            endEvent();
        } else {
            addField(text);
        }
        // Only data counts, so that a server may send comments for as long as it likes to keep the connection alive.
        eventBytes = data.length();
    }

    private void addField(String text) {
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
            complete.add(new Event(name, data.toString()));
        }
        name = Event.DEFAULT_NAME;
        data.setLength(0);
        hasData = false;
    }
}
