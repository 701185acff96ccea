package dev.confab.adapter.assistant.openai;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * One chunk of a streamed chat completion: the members that Confab uses. A member that is absent or null is an empty text, list or
 * optional.
 */
record ChatChunk(Optional<List<Choice>> choices, Optional<Usage> usage, Optional<Object> error) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .changeDefaultNullHandling(_ -> JsonSetter.Value.construct(Nulls.AS_EMPTY, Nulls.SKIP)).build();
    private static final ChatChunk NOTHING = new ChatChunk(Optional.empty(), Optional.empty(), Optional.empty());

    /** @param finishReason empty while the answer goes on */
    record Choice(Optional<Delta> delta, String finishReason) {
    }

    /** The chunk's part of the answer. */
    record Delta(String content, List<ToolCallFragment> toolCalls) {
    }

    /** @param index of the tool call that it belongs to; some servers leave it out */
    record ToolCallFragment(Optional<Integer> index, String id, Optional<Function> function) {
        /** Some servers send fragments that add nothing. */
        boolean isEmpty() {
            return id.isEmpty() && function.map(part -> part.name() + part.arguments()).orElse("").isEmpty();
        }
    }

    record Function(String name, String arguments) {
    }

    /** Tokens of the whole answer. Most servers send it in a last chunk without choices. */
    record Usage(Optional<Long> promptTokens, Optional<Long> completionTokens) {
    }

    /**
     * Parses an event. One that is unknown, such as a ping, is a chunk that adds nothing. Throws when the event reports an error, and when
     * an event without a name is not a JSON object of this format: it may have been text of the answer.
     */
    static ChatChunk parse(SseParser.Event event) throws AttemptFailed {
        Optional<ChatChunk> chunk = parse(event.data());
        if (event.name().equals("error") || chunk.flatMap(ChatChunk::error).isPresent()) {
            throw AttemptFailed.brokeOff("The assistant's provider reported an error in the middle of the answer.");
        }
        if (chunk.isEmpty() && event.name().equals(SseParser.Event.DEFAULT_NAME)) {
            throw AttemptFailed.malformed("A part of the assistant's answer is not in the chat-completions format.");
        }
        return chunk.orElse(NOTHING);
    }

    /** Only the first choice counts: Confab never asks for more than one. */
    Optional<Choice> choice() {
        return choices.stream().flatMap(List::stream).findFirst();
    }

    private static Optional<ChatChunk> parse(String json) {
        try {
            return Optional.ofNullable(JSON.readValue(json, ChatChunk.class));
        } catch (JacksonException malformed) {
            // It is not kept as a cause: its message may quote the provider.
            return Optional.empty();
        }
    }
}
