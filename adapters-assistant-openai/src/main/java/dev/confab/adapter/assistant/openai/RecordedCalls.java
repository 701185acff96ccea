package dev.confab.adapter.assistant.openai;

import dev.confab.domain.conversation.Message;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * Reads the tool calls and results that messages have in their data: {@code {"toolCalls":[{"id","name","arguments"}]}} and {@code
 * {"toolResult":{"callId","name"}}}. Clients write data too, so anything else means that there is no call or result.
 */
public final class RecordedCalls {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MAX_ID_LENGTH = 64;

    private RecordedCalls() {
    }

    /** @param arguments JSON text as the assistant wrote it */
    public record Call(String id, String name, String arguments) {
    }

    /** The calls of a message of the assistant that can be sent; none when two have one id. */
    public static List<Call> calls(Message message) {
        List<Call> calls = data(message).path("toolCalls").valueStream().flatMap(each -> call(each).stream()).toList();
        var ids = new HashSet<String>();
        return calls.stream().allMatch(call -> ids.add(call.id())) ? calls : List.of();
    }

    /** The id of the call that a message with a result answers. */
    static Optional<String> answered(Message message) {
        return data(message).path("toolResult").path("callId").stringValueOpt();
    }

    private static Optional<Call> call(JsonNode json) {
        JsonNode arguments = json.path("arguments");
        var call = new Call(json.path("id").stringValue(""), json.path("name").stringValue(""),
                arguments.isContainer() ? arguments.toString() : arguments.stringValue(""));
        boolean canBeSent = !call.id().isBlank() && call.id().length() <= MAX_ID_LENGTH
                && Attribution.isName(call.name());
        return canBeSent ? Optional.of(call) : Optional.empty();
    }

    private static JsonNode data(Message message) {
        try {
            return message.data().map(JSON::readTree).orElseGet(MissingNode::getInstance);
        } catch (JacksonException notJson) {
            return MissingNode.getInstance();
        }
    }
}
