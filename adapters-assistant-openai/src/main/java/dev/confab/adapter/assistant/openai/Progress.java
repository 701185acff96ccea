package dev.confab.adapter.assistant.openai;

import dev.langchain4j.http.client.sse.ServerSentEvent;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How far an answer has come: checks each event before the library gets it, which would go on after one that it cannot read, pass over
 * an error among the chunks, and not tell an unknown finish reason from none.
 */
final class Progress {
    private static final String DONE = "[DONE]";
    private static final JsonMapper JSON = new JsonMapper();

    private Optional<String> finishReason = Optional.empty();
    private boolean begun;
    private boolean done;

    /** Throws {@link AttemptFailed} for anything but a chunk or the mark of the end. */
    void see(ServerSentEvent event) {
        if (event.data().strip().equals(DONE)) {
            done = true;
            return;
        }
        JsonNode chunk = parse(event.data());
        if (event.event().equals("error") || !isAbsent(chunk.path("error"))) {
            throw AttemptFailed.brokeOff("The assistant reported a failure while it answered.");
        }
        // Some servers send the usage in a chunk without choices.
        if (!chunk.path("choices").isArray() && !chunk.path("usage").isObject()) {
            throw AttemptFailed.malformed("The assistant sent a piece that is not understood.");
        }
        JsonNode choice = chunk.path("choices").path(0);
        begun |= !choice.path("delta").path("content").asString("").isEmpty()
                || !choice.path("delta").path("tool_calls").isEmpty();
        // Some servers write an empty one while the answer goes on.
        finishReason = choice.path("finish_reason").asStringOpt().filter(reason -> !reason.isEmpty())
                .or(() -> finishReason);
    }

    /** Whether a piece of text or a tool call has come, so that another attempt would say things twice. */
    boolean hasBegun() {
        return begun;
    }

    /** Whether the provider has said that nothing follows. */
    boolean isDone() {
        return done;
    }

    /** Why the answer ended; without it, it did not. */
    Optional<String> finishReason() {
        return finishReason;
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static JsonNode parse(String data) {
        try {
            JsonNode json = JSON.readTree(data);
            if (json.isObject()) {
                return json;
            }
        } catch (JacksonException e) {
            // Its message may quote the provider; what it means is the same as for any other text that is no chunk.
        }
        throw AttemptFailed.malformed("The assistant sent a piece that is not understood.");
    }
}
