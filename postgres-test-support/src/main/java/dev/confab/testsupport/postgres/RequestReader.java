package dev.confab.testsupport.postgres;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the requests in one connection's messages. Only Parse carries a statement's text, so it remembers which name means which text, and which portal was bound
 * to which name (<a href="https://www.postgresql.org/docs/18/protocol-flow.html#PROTOCOL-FLOW-EXT-QUERY">extended query</a>).
 */
final class RequestReader {
    private final Map<String, String> statements = new HashMap<>();
    private final Map<String, String> portals = new HashMap<>();
    private final List<String> executed = new ArrayList<>();

    /** Takes the connection's next message; gives the request if this message completes one. */
    Optional<Request> take(Message message) {
        Message.Body body = message.body();
        switch (message.type()) {
            case 'P' -> statements.put(body.text(), body.text());
            case 'B' -> portals.put(body.text(), statements.getOrDefault(body.text(), ""));
            case 'E' -> executed.add(portals.getOrDefault(body.text(), ""));
            case 'Q' -> executed.add(body.text());
            case 'C' -> (body.letter() == 'S' ? statements : portals).remove(body.text());
            default -> {
                // Says nothing of which statement runs.
            }
        }
        return isAnsweredByReady(message) ? Optional.of(completed()) : Optional.empty();
    }

    /** Query, Sync and FunctionCall: the server answers each with one ReadyForQuery. */
    private static boolean isAnsweredByReady(Message message) {
        return "QSF".indexOf(message.type()) >= 0;
    }

    /** Parse, Bind, Describe, Execute and Close: the client sends more before it waits for an answer. */
    static boolean isWithinRequest(Message message) {
        return "PBDEC".indexOf(message.type()) >= 0;
    }

    private Request completed() {
        Request request = new Request(executed);
        executed.clear();
        return request;
    }
}
