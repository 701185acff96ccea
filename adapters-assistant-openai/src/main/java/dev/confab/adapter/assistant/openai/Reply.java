package dev.confab.adapter.assistant.openai;

import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.port.Assistant.TextSink;
import dev.confab.domain.port.Assistant.ToolRequest;
import dev.confab.domain.port.AssistantReply;
import dev.confab.domain.session.TokenUsage;
import dev.confab.domain.session.ToolCall;
import dev.confab.domain.session.ToolRound;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the library makes of the stream: says its pieces, and in the end is the answer. For one attempt, in one thread. */
final class Reply implements StreamingChatResponseHandler {
    private final TextSink sink;
    private Optional<RuntimeException> problem = Optional.empty();
    private Optional<ChatResponse> response = Optional.empty();

    Reply(TextSink sink) {
        this.sink = sink;
    }

    @Override
    public void onPartialResponse(String piece) {
        try {
            sink.accept(piece);
        } catch (RuntimeException e) {
            // The library would take it for its own; requireSound throws it.
            problem = Optional.of(e);
        }
    }

    @Override
    public void onCompleteResponse(ChatResponse complete) {
        response = Optional.of(complete);
    }

    @Override
    public void onError(Throwable error) {
        if (problem.isEmpty()) {
            problem = Optional.of(AttemptFailed.malformed("The assistant sent a piece that is not understood."));
        }
    }

    /** Throws what went wrong, whoever's fault it was. */
    void requireSound() {
        problem.ifPresent(thrown -> {
            throw thrown;
        });
    }

    /**
     * The answer, once the stream has ended. One that was cut at the model's limit is a failure: the port has no half answers, and a tool
     * call may be cut as well.
     */
    AssistantReply answer(Optional<String> finishReason) {
        requireSound();
        return switch (finishReason.orElse("")) {
            case "stop", "tool_calls", "function_call" -> complete(response.orElseThrow());
            case "length" -> throw AttemptFailed.lasting("assistant-length",
                    "The assistant's answer was cut off at the limit of its length.");
            case "content_filter" -> throw AttemptFailed.lasting("assistant-filtered",
                    "The assistant's answer was held back by a filter.");
            case "" -> throw AttemptFailed.brokeOff("The assistant's answer broke off.");
            default -> throw AttemptFailed.lasting("assistant-broke-off",
                    "The assistant's answer ended for a reason that is not known.");
        };
    }

    private static AssistantReply complete(ChatResponse response) {
        List<ToolRequest> requests = response.aiMessage().toolExecutionRequests().stream().map(Reply::request).toList();
        if (requests.size() > ToolRound.MAX_CALLS) {
            throw AttemptFailed
                    .malformed("The assistant asked for more than " + ToolRound.MAX_CALLS + " tools at once.");
        }
        return requests.isEmpty()
                ? new AssistantReply.Complete(usage(response))
                : new AssistantReply.NeedsTools(requests, usage(response));
    }

    private static ToolRequest request(ToolExecutionRequest asked) {
        // Some models write nothing at all for no arguments.
        String arguments = asked.arguments() == null || asked.arguments().isBlank() ? "{}" : asked.arguments();
        try {
            ToolCall call = ToolCall.asked("1", asked.name() == null ? "" : asked.name(), arguments, false);
            return new ToolRequest(call.tool(), call.arguments());
        } catch (InvalidValue e) {
            throw AttemptFailed.malformed("The assistant asked for a tool in a way that is not understood.");
        }
    }

    private static Optional<TokenUsage> usage(ChatResponse response) {
        return Optional.ofNullable(response.tokenUsage())
                .filter(used -> isCount(used.inputTokenCount()) && isCount(used.outputTokenCount()))
                .map(used -> new TokenUsage(used.inputTokenCount(), used.outputTokenCount()));
    }

    private static boolean isCount(@Nullable Integer count) {
        return count != null && count >= 0;
    }
}
