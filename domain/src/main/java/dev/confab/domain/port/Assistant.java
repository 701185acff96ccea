package dev.confab.domain.port;

import dev.confab.domain.conversation.Message;
import dev.confab.domain.session.ContextVariables;
import dev.confab.domain.session.ToolRound;
import java.util.List;
import java.util.Optional;

/** Produces answers. Safe for use by many threads. */
public interface Assistant {

    /**
     * Produces the answer, or its next part up to where tools are needed, and says it piece by piece as it comes. Blocks; an interrupt
     * ends it soon, with {@link InterruptedException}.
     *
     * @param sink told each piece of text, in the caller's thread; it waits for nobody
     * @throws AssistantFailed there is no answer; what was said before is void
     */
    AssistantReply answer(Question question, TextSink sink) throws InterruptedException;

    /**
     * All that an assistant is told.
     *
     * @param instructions of the session
     * @param model that the session asks for
     * @param context variables of the session
     * @param messages the conversation's latest, oldest first; the last one is the prompt
     * @param rounds of tools asked for since the prompt, each call with its result
     * @param tools that it may ask for
     */
    record Question(Optional<String> instructions, Optional<String> model, ContextVariables context,
            List<Message> messages,
            List<ToolRound> rounds, List<ToolDescription> tools) {
        public Question {
            messages = List.copyOf(messages);
            rounds = List.copyOf(rounds);
            tools = List.copyOf(tools);
        }
    }

    /**
     * @param name a-z, A-Z, 0-9, _ and -, at most 64
     * @param description for the assistant
     * @param parameters JSON Schema of the arguments, an object
     */
    record ToolDescription(String name, String description, String parameters) {
    }

    /** Told what is said, as it is said; any split of the text will do, in the middle of a code point too. */
    @FunctionalInterface
    interface TextSink {
        void accept(String piece);
    }

    /** @param arguments JSON text */
    record ToolRequest(String tool, String arguments) {
    }
}
