package dev.confab.adapter.assistant.openai;

import dev.confab.adapter.assistant.openai.RecordedCalls.Call;
import dev.confab.domain.port.Assistant.Question;
import dev.confab.domain.port.Assistant.ToolDescription;
import dev.confab.domain.session.Approval;
import dev.confab.domain.session.ContextVariables;
import dev.confab.domain.session.ToolCall;
import dev.confab.domain.session.ToolRound;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a question as the JSON body of a chat-completions request. */
public final class ChatRequest {
    private static final JsonMapper JSON = new JsonMapper();

    private ChatRequest() {
    }

    /** @param defaultModel for a session that names no model */
    static String json(Question question, String defaultModel) {
        ObjectNode body = JSON.createObjectNode().put("model", question.model().orElse(defaultModel)).put("stream",
                true);
        body.putObject("stream_options").put("include_usage", true);
        var messages = new ChatHistory(body.putArray("messages"));
        messages.addUnlessBlank("system", Optional.empty(), instructions(question));
        messages.add(question.messages());
        question.rounds().forEach(round -> add(messages, round));
        if (!question.tools().isEmpty()) {
            ArrayNode tools = body.putArray("tools");
            question.tools().forEach(tool -> add(tools, tool));
        }
        return body.toString();
    }

    /** The text of the system message that comes first; blank for none. */
    public static String instructions(Question question) {
        String instructions = question.instructions().orElse("");
        return question.context().equals(ContextVariables.EMPTY)
                ? instructions
                : (instructions + "\n\nContext variables, as JSON:\n```json\n" + question.context().json() + "\n```")
                        .strip();
    }

    private static void add(ChatHistory messages, ToolRound round) {
        messages.addCalls(Attribution.of(Optional.empty(), round.text()),
                round.calls().stream().map(call -> new Call(call.id(), call.tool(), call.arguments())).toList(),
                round.calls().stream().collect(Collectors.toMap(ToolCall::id, ChatRequest::result)));
    }

    /** What the model is told of a call that was made, or was not. */
    public static String result(ToolCall call) {
        if (call.isApproved()) {
            return call.result().orElse("There is no result.");
        }
        return "The user did not allow this call"
                + call.approval().flatMap(Approval::reason).map(reason -> ": " + reason).orElse(".");
    }

    private static void add(ArrayNode tools, ToolDescription tool) {
        tools.addObject().put("type", "function").putObject("function").put("name", tool.name())
                .put("description", tool.description()).set("parameters", JSON.readTree(tool.parameters()));
    }
}
