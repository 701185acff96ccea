package dev.confab.domain.port;

import dev.confab.domain.conversation.Message;
import dev.confab.domain.port.Assistant.Question;
import java.util.Optional;

/** Counts the tokens of what an assistant is told. Safe for use by many threads. */
public interface TokenCounter {

    /**
     * How the texts of a model become tokens.
     *
     * @param model empty for the assistant's default; of an unknown model the tokens are estimated
     */
    Encoding encoding(Optional<String> model);

    /** Counts exactly as a model does, or estimates. The time and memory of a count are proportional to the text, whatever is in it. */
    interface Encoding {
        /** The published name, such as {@code o200k_base}; {@code estimate} if the model's is not known. */
        String name();

        /**
         * The tokens of a message as the assistant is told it, with its role, its author and the tool calls in its data.
         *
         * @param limit counting stops when it is exceeded: the result is then any number above it
         */
        int count(Message message, int limit);

        /** The tokens of all but the question's messages: instructions, variables, tools, rounds, and the beginning of the answer. */
        int countWithoutMessages(Question question, int limit);
    }
}
