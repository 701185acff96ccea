package dev.confab.adapter.assistant.openai;

import dev.confab.domain.conversation.Message;
import dev.confab.domain.port.Assistant.Question;
import dev.confab.domain.port.Assistant.ToolDescription;
import dev.confab.domain.session.Approval;
import dev.confab.domain.session.ContextVariables;
import dev.confab.domain.session.ToolCall;
import dev.confab.domain.session.ToolRound;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Writes a question as the endpoint is asked. */
final class Requests {
    private static final JsonMapper JSON = new JsonMapper();

    private Requests() {
    }

    static ChatRequest of(Question question, String defaultModel) {
        var parameters = OpenAiChatRequestParameters.builder().modelName(question.model().orElse(defaultModel));
        if (!question.tools().isEmpty()) {
            // The library's own classes for schemas hold only a part of JSON Schema.
            parameters.customParameters(Map.of("tools", question.tools().stream().map(Requests::function).toList()));
        }
        return ChatRequest.builder().messages(messages(question)).parameters(parameters.build()).build();
    }

    private static Map<String, Object> function(ToolDescription tool) {
        Map<String, Object> schema = JSON.readValue(tool.parameters(), new TypeReference<>() {
        });
        return Map.of("type", "function", "function",
                Map.of("name", tool.name(), "description", tool.description(), "parameters", schema));
    }

    private static List<ChatMessage> messages(Question question) {
        var messages = new ArrayList<ChatMessage>();
        String instructions = instructions(question);
        if (!instructions.isBlank()) {
            messages.add(SystemMessage.from(instructions));
        }
        question.messages().stream().flatMap(Requests::message).forEach(messages::add);
        question.rounds().stream().flatMap(Requests::round).forEach(messages::add);
        return messages;
    }

    private static String instructions(Question question) {
        String instructions = question.instructions().orElse("");
        return question.context().equals(ContextVariables.EMPTY)
                ? instructions
                : (instructions + "\n\nContext variables, as JSON:\n```json\n" + question.context().json() + "\n```")
                        .strip();
    }

    /** A stored result of a tool answers no call of this request, which the endpoint would reject; so the user tells it. */
    private static Stream<ChatMessage> message(Message message) {
        String text = message.text();
        return switch (message.role()) {
            case USER -> Stream.of(UserMessage.from(text));
            case ASSISTANT -> text.isBlank() ? Stream.empty() : Stream.of(AiMessage.from(text));
            case SYSTEM -> text.isBlank() ? Stream.empty() : Stream.of(SystemMessage.from(text));
            case TOOL -> Stream.of(UserMessage.from("Result of a tool:\n" + text));
        };
    }

    private static Stream<ChatMessage> round(ToolRound round) {
        var asked = AiMessage.builder().toolExecutionRequests(round.calls().stream().map(Requests::request).toList());
        if (!round.text().isEmpty()) {
            asked.text(round.text());
        }
        return Stream.concat(Stream.of(asked.build()), round.calls().stream().map(Requests::result));
    }

    private static ToolExecutionRequest request(ToolCall call) {
        return ToolExecutionRequest.builder().id(call.id()).name(call.tool()).arguments(call.arguments()).build();
    }

    private static ChatMessage result(ToolCall call) {
        String reason = call.approval().flatMap(Approval::reason).map(text -> ": " + text).orElse(".");
        String text = call.isApproved()
                ? call.result().orElse("There is no result.")
                : "The user did not allow this call" + reason;
        return ToolExecutionResultMessage.from(call.id(), call.tool(), text);
    }
}
