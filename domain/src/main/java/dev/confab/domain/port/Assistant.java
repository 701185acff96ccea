package dev.confab.domain.port;

import dev.confab.domain.conversation.Message;
import dev.confab.domain.session.ContextVariables;
import dev.confab.domain.session.ToolRound;
import java.util.List;
import java.util.Optional;

/** Answers a conversation, usually with a language model. Safe for use by many threads. */
public interface Assistant {

    /**
     * Produces the answer, or its next part up to the point where the assistant needs tools. Passes the text on piece by piece as it
     * arrives. Blocks until the answer or part is complete; an interrupt soon ends it with {@link InterruptedException}.
     *
     * @param sink receives the text in the caller's thread; it must not block
     * @throws AssistantFailed if there is no complete answer; the text that the sink received before is kept as an incomplete one
     */
    AssistantReply answer(Question question, TextSink sink) throws InterruptedException;

    /**
     * What an assistant answers, and from what.
     *
     * @param model empty for the assistant's default
     * @param messages the conversation's latest, oldest first, after its older system messages; the last one is the prompt
     * @param rounds the tool calls requested since the prompt, with their results; empty when the answer begins
     */
    record Question(Optional<String> instructions, Optional<String> model, ContextVariables context,
            List<Message> messages, List<ToolRound> rounds, List<ToolDescription> tools) {
        public Question {
            messages = List.copyOf(messages);
            rounds = List.copyOf(rounds);
            tools = List.copyOf(tools);
        }
    }

    /**
     * Describes a tool to the assistant.
     *
     * @param name 1 to 64 characters: a-z, A-Z, 0-9, underscore or hyphen
     * @param parameters the JSON Schema of the arguments; its type is object
     */
    record ToolDescription(String name, String description, String parameters) {
    }

    /** Receives the text of an answer as it arrives. A piece may end anywhere, even in the middle of a surrogate pair. */
    @FunctionalInterface
    interface TextSink {
        void accept(String piece);
    }

    /** A tool call that the assistant requests. The arguments are JSON text as the assistant wrote it, and may be malformed. */
    record ToolRequest(String tool, String arguments) {
    }
}
