package dev.confab.adapter.assistant.openai;

import dev.confab.domain.conversation.Message;
import dev.confab.domain.port.Assistant.Question;
import dev.confab.domain.port.Assistant.ToolDescription;
import dev.confab.domain.session.Approval;
import dev.confab.domain.session.ContextVariables;
import dev.confab.domain.session.ToolCall;
import dev.confab.domain.session.ToolRound;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a question as the JSON body of a chat-completions request. */
final class ChatRequest {
    private static final JsonMapper JSON = new JsonMapper();

    private ChatRequest() {
    }

    /** @param defaultModel for a session that names no model */
    static String json(Question question, String defaultModel) {
        ObjectNode body = JSON.createObjectNode().put("model", question.model().orElse(defaultModel)).put("stream",
                true);
        body.putObject("stream_options").put("include_usage", true);
        ArrayNode messages = body.putArray("messages");
        addUnlessBlank(messages, "system", instructions(question));
        question.messages().forEach(message -> add(messages, message));
        question.rounds().forEach(round -> add(messages, round));
        if (!question.tools().isEmpty()) {
            ArrayNode tools = body.putArray("tools");
            question.tools().forEach(tool -> add(tools, tool));
        }
        return body.toString();
    }

    private static String instructions(Question question) {
        String instructions = question.instructions().orElse("");
        return question.context().equals(ContextVariables.EMPTY)
                ? instructions
                : (instructions + "\n\nContext variables, as JSON:\n```json\n" + question.context().json() + "\n```")
                        .strip();
    }

    private static void add(ArrayNode messages, Message message) {
        switch (message.role()) {
            case USER -> add(messages, "user", message.text());
            case ASSISTANT -> addUnlessBlank(messages, "assistant", message.text());
            case SYSTEM -> addUnlessBlank(messages, "system", message.text());
            // The endpoint rejects a tool message that answers no call of this request, so the user reports the result.
            case TOOL -> add(messages, "user", "Result of a tool:\n" + message.text());
        }
    }

    private static void addUnlessBlank(ArrayNode messages, String role, String text) {
        if (!text.isBlank()) {
            add(messages, role, text);
        }
    }

    private static ObjectNode add(ArrayNode messages, String role, String text) {
        return messages.addObject().put("role", role).put("content", text);
    }

    private static void add(ArrayNode messages, ToolRound round) {
        ObjectNode assistant = messages.addObject().put("role", "assistant");
        if (!round.text().isEmpty()) {
            assistant.put("content", round.text());
        }
        ArrayNode calls = assistant.putArray("tool_calls");
        for (ToolCall call : round.calls()) {
            calls.addObject().put("id", call.id()).put("type", "function").putObject("function")
                    .put("name", call.tool()).put("arguments", call.arguments());
            add(messages, "tool", result(call)).put("tool_call_id", call.id());
        }
    }

    private static String result(ToolCall call) {
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
