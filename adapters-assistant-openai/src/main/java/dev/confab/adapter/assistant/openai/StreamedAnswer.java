package dev.confab.adapter.assistant.openai;

import dev.confab.adapter.assistant.openai.ChatChunk.Choice;
import dev.confab.adapter.assistant.openai.ChatChunk.Delta;
import dev.confab.adapter.assistant.openai.ChatChunk.ToolCallFragment;
import dev.confab.adapter.assistant.openai.ChatChunk.Usage;
import dev.confab.domain.conversation.IncompleteReason;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.port.Assistant.TextSink;
import dev.confab.domain.port.Assistant.ToolRequest;
import dev.confab.domain.port.AssistantReply;
import dev.confab.domain.session.TokenUsage;
import dev.confab.domain.session.ToolCall;
import dev.confab.domain.session.ToolRound;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Builds the answer from the chunks of one attempt: text goes to the sink as it arrives, and fragments of tool calls are joined. Not
 * thread-safe.
 */
final class StreamedAnswer {
    private final TextSink sink;
    private final SortedMap<Integer, ToolCallDraft> toolCalls = new TreeMap<>();
    private Optional<TokenUsage> usage = Optional.empty();
    private String finishReason = "";
    private boolean hasText;

    StreamedAnswer(TextSink sink) {
        this.sink = sink;
    }

    void add(ChatChunk chunk) {
        chunk.usage().ifPresent(reported -> usage = tokens(reported));
        chunk.choice().ifPresent(this::add);
    }

    /** Whether a piece of text or of a tool call has arrived, so that another attempt would repeat it. */
    boolean hasBegun() {
        return hasText || !toolCalls.isEmpty();
    }

    /**
     * Returns the answer once the stream has ended. Providers use many finish reasons for a complete answer, so every reason that is not
     * named here means complete. Without a reason the answer broke off.
     */
    AssistantReply reply() throws AttemptFailed {
        return switch (finishReason.toLowerCase(Locale.ROOT)) {
            case "length", "max_tokens" -> cutReply();
            case "content_filter" -> throw AttemptFailed.permanent("assistant-filtered",
                    "The assistant's answer was withheld by the provider's content filter.");
            case "" -> throw AttemptFailed.brokeOff("The assistant's answer broke off.");
            case "error" -> throw AttemptFailed
                    .brokeOff("The assistant's provider reported an error in the middle of the answer.");
            default -> completeReply();
        };
    }

    /** The text up to the model's length limit. Tool calls are dropped, because the last one may have been cut, too. */
    private AssistantReply cutReply() throws AttemptFailed {
        if (!hasText) {
            throw AttemptFailed.permanent("assistant-length",
                    "The assistant reached the model's length limit before it wrote any text.");
        }
        return new AssistantReply.Incomplete(IncompleteReason.LENGTH, usage);
    }

    private void add(Choice choice) {
        choice.delta().ifPresent(this::add);
        // Some servers send an empty reason while the answer goes on.
        finishReason = choice.finishReason().isEmpty() ? finishReason : choice.finishReason();
    }

    private void add(Delta delta) {
        delta.toolCalls().stream().filter(fragment -> !fragment.isEmpty()).forEach(this::add);
        if (!delta.content().isEmpty()) {
            hasText = true;
            sink.accept(delta.content());
        }
    }

    private void add(ToolCallFragment fragment) {
        // Where a server leaves out the index, a new id begins a new call.
        boolean sameCall = !toolCalls.isEmpty()
                && (fragment.id().isEmpty() || fragment.id().equals(toolCalls.lastEntry().getValue().id));
        int next = toolCalls.isEmpty() ? 0 : toolCalls.lastKey() + (sameCall ? 0 : 1);
        toolCalls.computeIfAbsent(fragment.index().orElse(next), _ -> new ToolCallDraft(fragment.id())).add(fragment);
    }

    private AssistantReply completeReply() throws AttemptFailed {
        if (toolCalls.size() > ToolRound.MAX_CALLS) {
            throw AttemptFailed.malformed(
                    "The assistant requested more than " + ToolRound.MAX_CALLS + " tool calls at once.");
        }
        List<ToolRequest> requests = new ArrayList<>();
        for (ToolCallDraft call : toolCalls.values()) {
            requests.add(call.request());
        }
        return requests.isEmpty()
                ? new AssistantReply.Complete(usage)
                : new AssistantReply.NeedsTools(requests, usage);
    }

    /** Empty when the counts are missing or negative. */
    private static Optional<TokenUsage> tokens(Usage reported) {
        return reported.promptTokens().filter(count -> count >= 0).flatMap(prompt -> reported.completionTokens()
                .filter(count -> count >= 0).map(completion -> new TokenUsage(prompt, completion)));
    }

    private static final class ToolCallDraft {
        private final String id;
        private final StringBuilder name = new StringBuilder();
        private final StringBuilder arguments = new StringBuilder();

        ToolCallDraft(String id) {
            this.id = id;
        }

        void add(ToolCallFragment fragment) {
            fragment.function().ifPresent(function -> {
                name.append(function.name());
                arguments.append(function.arguments());
            });
        }

        ToolRequest request() throws AttemptFailed {
            // Some models send no arguments at all instead of an empty object.
            String json = arguments.toString().isBlank() ? "{}" : arguments.toString();
            try {
                ToolCall call = ToolCall.asked("1", name.toString(), json, false);
                return new ToolRequest(call.tool(), call.arguments());
            } catch (InvalidValue e) {
                throw AttemptFailed.malformed("The assistant requested a tool call with an invalid name or arguments.");
            }
        }
    }
}
