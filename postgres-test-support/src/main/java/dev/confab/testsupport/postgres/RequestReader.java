package dev.confab.testsupport.postgres;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the requests in one connection's messages. Only Parse carries the text of a statement, so the reader remembers the text of each named
 * statement and the statement of each portal (<a href="https://www.postgresql.org/docs/18/protocol-flow.html#PROTOCOL-FLOW-EXT-QUERY">extended
 * query</a>).
 */
final class RequestReader {
    private final Map<String, String> statements = new HashMap<>();
    private final Map<String, String> portals = new HashMap<>();
    private final List<String> executed = new ArrayList<>();

    /** Takes the connection's next message and returns the request that it completes. */
    Optional<Request> take(ProtocolMessage message) {
        ByteBuffer body = message.body();
        switch (message.type()) {
            case 'P' -> statements.put(ProtocolMessage.text(body), ProtocolMessage.text(body));
            case 'B' ->
                portals.put(ProtocolMessage.text(body), statements.getOrDefault(ProtocolMessage.text(body), ""));
            case 'E' -> executed.add(portals.getOrDefault(ProtocolMessage.text(body), ""));
            case 'Q' -> executed.add(ProtocolMessage.text(body));
            case 'C' -> (body.get() == 'S' ? statements : portals).remove(ProtocolMessage.text(body));
            default -> {
                // Does not say which statement runs.
            }
        }
        // Query, Sync and FunctionCall complete a request: the server answers each with one ReadyForQuery.
        if ("QSF".indexOf(message.type()) < 0) {
            return Optional.empty();
        }
        Request request = new Request(executed);
        executed.clear();
        return Optional.of(request);
    }

    /** Parse, Bind, Describe, Execute and Close: the client sends more before it waits for an answer. */
    static boolean isWithinRequest(ProtocolMessage message) {
        return "PBDEC".indexOf(message.type()) >= 0;
    }
}
