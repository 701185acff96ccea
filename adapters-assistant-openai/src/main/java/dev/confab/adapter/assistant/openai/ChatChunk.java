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

    /** @param finishReason empty while the answer goes on */
    record Choice(Optional<Delta> delta, String finishReason) {
    }

    /** What the chunk adds to the answer. */
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

    /** Throws when the event is not a chunk, or reports an error. */
    static ChatChunk parse(SseParser.Event event) throws AttemptFailed {
        ChatChunk chunk = parse(event.data());
        if (event.name().equals("error") || chunk.error.isPresent()) {
            throw AttemptFailed.brokeOff("The assistant's provider reported an error in the middle of the answer.");
        }
        if (chunk.choices.isEmpty() && chunk.usage.isEmpty()) {
            throw malformed();
        }
        return chunk;
    }

    /** Only the first choice counts: Confab never asks for more than one. */
    Optional<Choice> choice() {
        return choices.stream().flatMap(List::stream).findFirst();
    }

    private static ChatChunk parse(String json) throws AttemptFailed {
        try {
            return Optional.ofNullable(JSON.readValue(json, ChatChunk.class)).orElseThrow(ChatChunk::malformed);
        } catch (JacksonException e) {
            // It is not kept as a cause: its message may quote the provider.
            throw malformed();
        }
    }

    private static AttemptFailed malformed() {
        return AttemptFailed.malformed("A part of the assistant's answer is not in the chat-completions format.");
    }
}
